import type { RequestEvent } from '@sveltejs/kit';
import { isDay, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { may } from '#lib/people/permissions.ts';
import { asideForm, closeForm, officeAnswerForm, officeMethods, standings } from '#lib/pockets/confirmation.ts';
import { countsIn, districtRound, platesOut } from '#lib/pockets/roundReads.server.ts';
import { answer, closeDistrict, closingOf } from '#lib/pockets/rounds.server.ts';
import { asidesOf, settleAside } from '#lib/pockets/visitAnswers.server.ts';
import { noteLook } from '#lib/pockets/views.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { answer as answerHttp } from '#lib/server/http/answers.ts';
import { form, requireActor, typed } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const query = event.url.searchParams;
	const show = standings.find((one) => one === query.get('show')) ?? 'open';
	const round = await transaction(async (tx) => {
		const found = await districtRound(tx, actor, year, event.params.school);
		const asides = await asidesOf(tx, actor, year, event.params.school);
		const shown = new Set(asides.map((one) => one.pocket));
		for (const home of found.homes) if (home.standing === show) shown.add(home.id);
		await noteLook(tx, actor, 'list', shown.size);
		return { ...found, asides };
	}).catch(answerHttp);
	const { homes, asides, ...district } = round;
	const today = jstDay(new Date());
	const last = fiscalYearEnd(year);
	const { on } = typed(query);
	const mayEdit = may(actor, 'pocket.edit') && district.closedOn === null;
	return {
		year,
		district,
		show,
		today: today < last ? today : last,
		counts: countsIn(homes),
		homes: homes.filter((one) => one.standing === show).map((one) => ({ ...one, form: newId() })),
		/** One whose home or round is over can only be looked at. */
		asides: asides.map((one) => ({ ...one, open: !one.over && district.closedOn === null })),
		mayWrite: may(actor, 'pocket.edit'),
		plates: await platesOut(db, homes),
		/** How the answers that are being written down came, and when: a pile of postcards is typed in a row. */
		method: officeMethods.find((one) => one === query.get('method')) ?? 'postcard',
		on: typeof on === 'string' && isDay(on) ? on : today < last ? today : last,
		mayEdit,
		closing: mayEdit ? await closingOf(db, actor, district.id).then(counted) : undefined
	};
};
const counted = ({ homes, plates, waiting }: { homes: string[]; plates: number; waiting: number }) => ({
	homes: homes.length,
	plates,
	waiting
});

/** Back to the list as it was, to go on with the next. */
const here = (event: RequestEvent) => {
	const query = [...event.url.searchParams].filter(([key]) => ['show', 'method', 'on'].includes(key));
	return `${event.url.pathname}?${new URLSearchParams(query).toString()}`;
};

export const actions = {
	answer: form(officeAnswerForm, async (tx, actor, { id, end, ...said }, event) => {
		await answer(tx, actor, id, { ...said, fiscalYear: yearOfPage(event), end: end === 'on' }, new Date());
		return here(event);
	}),
	settle: form(asideForm, async (tx, actor, { aside, end }, event) => {
		await settleAside(tx, actor, aside, end, new Date());
		return here(event);
	}),
	close: form(closeForm, async (tx, actor, { on, homes }, event) => {
		const of = { fiscalYear: yearOfPage(event), school: event.params.school ?? '' };
		await closeDistrict(tx, actor, { ...of, on, homes }, new Date());
		return `${event.url.pathname}?show=ended`;
	})
};
