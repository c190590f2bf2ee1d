import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { deskOf } from '#lib/equipment/desk.server.ts';
import { yearEndsIn } from '#lib/equipment/handover.ts';
import { policyOf } from '#lib/equipment/policies.server.ts';
import { filesOf } from '#lib/equipment/requestReads.server.ts';
import { decideSeen, prepareSeen } from '#lib/equipment/together.server.ts';
import { verdictForm } from '#lib/equipment/verdict.ts';
import { may } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const { requests, lines } = await deskOf(db, actor, [event.params.id], now, 'waiting').catch(answer);
	const request = requests[0]!;
	const { oneMayDoBoth } = await policyOf(db, actor.municipality);
	const prepares = may(actor, 'request.prepare') && ['sent', 'prepared'].includes(request.state);
	const decides =
		request.state === 'prepared' && (may(actor, 'request.decide') || (oneMayDoBoth && may(actor, 'request.prepare')));
	const both = decides && request.mine && !oneMayDoBoth;
	const again = event.url.searchParams.has('again') && prepares;
	return {
		request,
		lines,
		files: await filesOf(db, request.id),
		mode: decides && !both && !again ? 'decide' : prepares ? 'prepare' : 'none',
		/** 起案と決裁を分ける: who prepared it does not decide it. */
		fourEyes: both,
		/** Who could decide may change the proposal instead. */
		mayPrepareAgain: decides && prepares && !both && !again,
		yearEndsIn: yearEndsIn(jstDay(now)),
		nextYear: fiscalYearAt(now) + 1
	} as const;
};

const here = (event: { params: Partial<Record<string, string>> }) => event.params.id ?? '';

export const actions = {
	prepare: form(verdictForm, async (tx, actor, verdicts, event) => {
		await prepareSeen(tx, actor, { id: here(event), ...verdicts }, new Date());
		return `/equipment/requests/${here(event)}`;
	}),
	decide: form(verdictForm, async (tx, actor, verdicts, event) => {
		await decideSeen(tx, actor, { id: here(event), ...verdicts }, new Date());
		return `/equipment/requests/${here(event)}`;
	})
};
