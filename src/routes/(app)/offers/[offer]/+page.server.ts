import * as z from 'zod/mini';
import { accountOfPerson, addAccount, hashNewPassword } from '#lib/people/accounts.server.ts';
import { newAccount } from '#lib/people/account.ts';
import { acceptOffer, declineOffer, offersTo } from '#lib/people/handovers.server.ts';
import { actorOf, renewSession } from '#lib/people/sessions.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import { keepSession, readSession } from '#lib/server/http/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event);
	const offer = (await offersTo(db, actor)).find((one) => one.id === event.params.offer);
	if (!offer) return answer(new NotFound());
	return { offer, hasAccount: Boolean(await accountOfPerson(db, actor.person)) };
};

const answerForm = z.object({ loginId: z.optional(z.string()), password: z.optional(z.string()) });

export const actions: Actions = {
	/** Rights change here, so the device gets a new session id. A leader signs in with a password: who has none chooses one now. */
	accept: openForm(answerForm, async (input, event) => {
		const actor = requireActor(event);
		const now = new Date();
		const needed = !(await accountOfPerson(db, actor.person));
		const fresh = needed ? newAccount.safeParse(input) : undefined;
		if (fresh && !fresh.success) {
			const [issue] = fresh.error.issues;
			throw new RuleBroken(
				issue!.message.startsWith('error_') ? issue!.message : 'error_required',
				String(issue!.path[0])
			);
		}
		const account = fresh?.data && {
			loginId: fresh.data.loginId,
			password: await hashNewPassword(db, actor.municipality, actor.person, fresh.data.password)
		};
		await transaction(async (tx) => {
			if (account) await addAccount(tx, actor, { person: actor.person, ...account }, now);
			await acceptOffer(tx, actor, event.params.offer!, now);
			const renewed = await renewSession(tx, actor, readSession(event)!);
			const after = await actorOf(tx, actor.municipality, actor.person, now);
			if (renewed && after) keepSession(event, renewed, after);
		});
		return '/members';
	}),
	decline: form(z.object({}), async (tx, actor, _input, { params }) => {
		await declineOffer(tx, actor, params.offer!, new Date());
		return '/home';
	})
};
