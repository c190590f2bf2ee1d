import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { findingKinds } from '#lib/patrols/log.ts';
import { listFindings, sectionNames } from '#lib/patrols/findingReads.server.ts';
import { cursorOf, cursorText } from '#lib/patrols/filter.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const search = event.url.searchParams;
	const kind = findingKinds.find((one) => one === search.get('kind'));
	const open = search.get('all') === null;
	const cursor = cursorOf(search.get('after'));
	const after = cursor && { at: cursor.departedAt, id: cursor.log };
	const { findings, next } = await listFindings(db, actor, { open, kind }, after);
	const names = await sectionNames(db, actor.municipality, fiscalYearAt(new Date()));
	return {
		findings: findings.map((one) => ({ ...one, desk: names.get(one.section) })),
		next: next && cursorText({ departedAt: next.at, log: next.id }),
		open,
		kind
	};
};
