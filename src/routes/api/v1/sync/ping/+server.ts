import { greeting } from '#lib/sync/self.server.ts';
import { said } from '../http.ts';

/** Connectivity is this body, not what the browser believes. */
export const GET = async () => said(await greeting(new Date()));
