/** The last step of every way in: a new session id in the browser. */
import type { RequestEvent } from '@sveltejs/kit';
import { knowDevice } from '#lib/people/entering.server.ts';
import { deviceLabel, type SignInWay } from '#lib/people/session.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { signIn, signOut } from '#lib/people/sessions.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { keepKnown, keepSession, readSession } from './session-cookie.ts';

/** Signs the person in on this browser, under a new id; an older session of the same browser ends. */
export async function enter(tx: Tx, event: RequestEvent, actor: Actor, way: SignInWay): Promise<void> {
	const now = new Date();
	const before = readSession(event);
	if (before) await signOut(tx, before);
	const device = deviceLabel(event.request.headers.get('user-agent'));
	keepSession(event, await signIn(tx, actor, device, way, now), actor);
	if (way === 'password') keepKnown(event, await knowDevice(tx, actor, now));
}
