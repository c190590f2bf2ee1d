import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { deskOf } from '#lib/equipment/desk.server.ts';
import { yearEndsIn } from '#lib/equipment/handover.ts';
import { policyOf } from '#lib/equipment/policies.server.ts';
import { chosenIn } from '#lib/equipment/requestFilter.ts';
import { decideTogether, prepareTogether } from '#lib/equipment/together.server.ts';
import { togetherForm } from '#lib/equipment/verdict.ts';
import { may } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const ids = chosenIn(event.url.searchParams);
	const { requests, lines } = await deskOf(db, actor, ids, now, 'chosen').catch(answer);
	const { oneMayDoBoth } = await policyOf(db, actor.municipality);
	const prepares = may(actor, 'request.prepare');
	const decides = may(actor, 'request.decide') || (oneMayDoBoth && prepares);
	const sent = prepares ? requests.filter((one) => one.state === 'sent') : [];
	const prepared = decides ? requests.filter((one) => one.state === 'prepared' && (oneMayDoBoth || !one.mine)) : [];
	const mode = sent.length > 0 ? 'prepare' : prepared.length > 0 ? 'decide' : 'none';
	const here = mode === 'prepare' ? sent : mode === 'decide' ? prepared : [];
	const on = new Set(here.map((one) => one.id));
	const left = requests.filter((one) => !on.has(one.id));
	return {
		mode,
		requests: here,
		// Proposed among those that are really here: what was chosen along with them must not take a share.
		lines: left.length === 0 ? lines : (await deskOf(db, actor, [...on], now, 'chosen').catch(answer)).lines,
		/** Chosen, and nothing to be done about it here. */
		left: left.map(({ id, number, body, state, mine }) => ({ id, number, body, state, mine })),
		ids,
		yearEndsIn: yearEndsIn(jstDay(now)),
		nextYear: fiscalYearAt(now) + 1
	} as const;
};

export const actions = {
	prepare: form(togetherForm, async (tx, actor, { requests, words }) => {
		await prepareTogether(tx, actor, requests, words, new Date());
		return '/equipment/requests?state=prepared';
	}),
	decide: form(togetherForm, async (tx, actor, { requests, words }) => {
		await decideTogether(tx, actor, requests, words, new Date());
		return '/equipment/requests';
	})
};
