/** The session cookie as the browser keeps it. Only sign-in, sign-out and a change of rights set it. */
import type { Cookies } from '@sveltejs/kit';
import { isStaff, type Actor } from '#lib/people/permissions.ts';
import { limits } from '#lib/people/session.ts';
import { sessionCookie } from '#lib/people/sessions.server.ts';

type Here = { cookies: Cookies; url: URL };
const isSecure = (event: Here) => event.url.protocol === 'https:';

/** What the session cookie of this request holds. */
export const readSession = (event: Here) => event.cookies.get(sessionCookie(isSecure(event)));

/** Keeps the session in the browser: a volunteer's for 90 days, a staff member's until the browser closes. */
export function keepSession(event: Here, id: string, actor: Actor): void {
	event.cookies.set(sessionCookie(isSecure(event)), id, {
		path: '/',
		httpOnly: true,
		sameSite: 'lax',
		secure: isSecure(event),
		...(isStaff(actor) ? {} : { maxAge: limits.volunteer.absolute / 1000 })
	});
}

/** Forgets the session in the browser. */
export function dropSession(event: Here): void {
	event.cookies.delete(sessionCookie(isSecure(event)), { path: '/', secure: isSecure(event), httpOnly: true });
}
