/** Who is signed in. Lucia lives behind this file alone. */
import type { Reader } from '#lib/server/db/index.ts';
import type { Actor } from './permissions.ts';

export const sessionCookie = (secure: boolean) => (secure ? '__Host-mp' : 'mp');

/** The signed-in person of a session cookie, or undefined. */
export async function actorOfSession(
	_db: Reader,
	_municipality: string,
	_cookie: string | undefined,
	_now: Date
): Promise<Actor | undefined> {
	return undefined;
}
