/** The last step of every way in: a new session id in the browser, and on to where the person wanted to go. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { ownPath } from '#lib/people/login.ts';
import { deviceLabel, type SignInWay } from '#lib/people/session.ts';
import { actorOf, signIn } from '#lib/people/sessions.server.ts';
import { transaction } from '#lib/server/db/index.ts';
import { sentence } from './answers.ts';
import { refuse } from './forms.ts';
import { keepSession } from './session-cookie.ts';

export async function enter(event: RequestEvent, who: string, way: SignInWay, next?: string) {
	const municipality = event.locals.municipality!.id;
	const now = new Date();
	const device = deviceLabel(event.request.headers.get('user-agent'));
	const [actor, id] = await transaction(async (tx) => {
		const actor = await actorOf(tx, municipality, who, now);
		return [actor, actor && (await signIn(tx, { municipality, person: who }, device, way, now))];
	});
	if (!actor || !id) return refuse({}, { form: sentence('error_login') });
	keepSession(event, id, actor);
	redirect(303, ownPath(next));
}
