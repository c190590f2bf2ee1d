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

const knownCookie = (event: Here) => (isSecure(event) ? '__Host-mp-known' : 'mp-known');
const stepCookie = (event: Here) => (isSecure(event) ? '__Host-mp-step' : 'mp-step');
const strictly = (event: Here) => ({ path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure(event) }) as const;

/** What this browser keeps since an earlier sign-in by password. */
export const readKnown = (event: Here) => event.cookies.get(knownCookie(event));

export function keepKnown(event: Here, token: string): void {
	event.cookies.set(knownCookie(event), token, { ...strictly(event), maxAge: 365 * 24 * 3600 });
}

/** Between password and second factor. */
export const readStep = (event: Here) => event.cookies.get(stepCookie(event));

export function keepStep(event: Here, token: string): void {
	event.cookies.set(stepCookie(event), token, strictly(event));
}

export function dropStep(event: Here): void {
	event.cookies.delete(stepCookie(event), strictly(event));
}
