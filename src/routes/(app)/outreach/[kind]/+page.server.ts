import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { addOutreach } from '#lib/outreach/outreach.server.ts';
import { addForm, shapes } from '#lib/outreach/outreach.ts';
import { outreachPage } from '#lib/outreach/reads.server.ts';
import { may } from '#lib/people/permissions.ts';
import { fiscalYearIn, firstFiscalYear } from '#lib/reports/year.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { kindOfPage } from './kind.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const kind = kindOfPage(event);
	const today = jstDay(new Date());
	const running = fiscalYearOf(today);
	const asked = event.url.searchParams;
	const only = [...shapes[kind].sorts, ...(kind === 'event' ? ['cancelled' as const] : [])].find(
		(one) => one === asked.get('only')
	);
	const year = fiscalYearIn(asked.get('year') ?? '') ?? running;
	return {
		kind,
		year,
		only,
		today,
		earlier: year > firstFiscalYear ? year - 1 : undefined,
		later: year < running ? year + 1 : undefined,
		mayEdit: may(actor, 'outreach.edit'),
		did: asked.get('did'),
		id: newId(),
		...(await outreachPage(db, actor, kind, year, asked.get('before') ?? undefined, only))
	};
};

export const actions = {
	add: async (event) => {
		const kind = kindOfPage(event);
		return form(addForm(kind), async (tx, actor, input) => {
			await addOutreach(tx, actor, { kind, ...input }, new Date());
			return `/outreach/${kind}?year=${fiscalYearOf(input.onDay)}&did=added`;
		})(event);
	}
};
