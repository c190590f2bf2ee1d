/** The form that takes over an example: which one, and the id its plan gets. */
import * as z from 'zod/mini';
import { planKinds } from '#lib/reports/measure.ts';

export const exampleForm = z.object({ id: z.uuid('error_input'), kind: z.enum(planKinds, 'error_input') });
