import * as z from 'zod/mini';
import { jstDay } from '#lib/calendar/day.ts';
import { offerForm } from '#lib/people/handover.ts';
import { handoverOf, offerRole, withdrawOffer } from '#lib/people/handovers.server.ts';
import { leadersHistory, membersOf } from '#lib/people/reads.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event);
	const of = event.url.searchParams.get('of') ?? '';
	const now = new Date();
	const handover = await handoverOf(db, actor, of).catch(answer);
	const members = await membersOf(db, actor, of, now).catch(answer);
	return {
		of,
		today: jstDay(now),
		handover,
		members: members
			.filter((one) => one.person !== actor.person)
			.map((one) => ({ value: one.person, label: one.duty ? `${one.name}(${one.duty})` : one.name })),
		history: await leadersHistory(db, actor, of).catch(answer)
	};
};

export const actions: Actions = {
	offer: form(offerForm, async (tx, actor, input, { url }) => {
		await offerRole(tx, actor, url.searchParams.get('of') ?? '', input, new Date());
		return { offered: true };
	}),
	withdraw: form(z.object({ offer: z.string() }), async (tx, actor, { offer }) => {
		await withdrawOffer(tx, actor, offer, new Date());
		return { withdrawn: true };
	})
};
