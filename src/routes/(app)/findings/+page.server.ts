import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { findingKinds } from '#lib/patrols/log.ts';
import { listFindings, sectionNames } from '#lib/patrols/findingReads.server.ts';
import { cursorOf, cursorText } from '#lib/patrols/filter.ts';
import { can, isStaff } from '#lib/people/permissions.ts';
import { fiscalYearIn, firstFiscalYear } from '#lib/reports/year.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const search = event.url.searchParams;
	const kind = findingKinds.find((one) => one === search.get('kind'));
	const which = search.has('settled') ? 'settled' : search.has('all') ? 'all' : 'open';
	const running = fiscalYearAt(new Date());
	const year = fiscalYearIn(search.get('year') ?? '');
	const names = await sectionNames(db, actor.municipality, year ?? running);
	const asked = search.get('section') ?? '';
	const section = names.has(asked) ? asked : undefined;
	const cursor = cursorOf(search.get('after'));
	const after = cursor && { at: cursor.departedAt, id: cursor.log };
	const { findings, next } = await listFindings(db, actor, { which, kind, section, fiscalYear: year }, after);
	return {
		findings: findings.map((one) => ({ ...one, desk: names.get(one.section) })),
		next: next && cursorText({ departedAt: next.at, log: next.id }),
		which,
		kind,
		section,
		year,
		/** The street looks for what is open; the office for a year and for what was settled. */
		office: isStaff(actor),
		years: Array.from({ length: running - firstFiscalYear + 1 }, (_, n) => running - n),
		/** Who sees the findings of one section or body alone need not choose it. */
		sections: can(actor, 'finding.see', {}) ? [...names].map(([value, label]) => ({ value, label })) : []
	};
};
