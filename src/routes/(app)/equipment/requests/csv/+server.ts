import { jstDay } from '#lib/calendar/day.ts';
import { stateName } from '#lib/equipment/names.ts';
import { filterOf } from '#lib/equipment/requestFilter.ts';
import { states as allStates, type State } from '#lib/equipment/request.ts';
import { idsOfRequests, linesForTable } from '#lib/equipment/requestTable.server.ts';
import { can } from '#lib/people/permissions.ts';
import { csvSteps } from '#lib/server/csv.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';

/** The list as it is narrowed, a row for each line: a spreadsheet adds up by item. */
export const GET = async (event) => {
	const actor = requireActor(event);
	const { state, year, decided, association, lacking } = filterOf(event.url.searchParams);
	const narrow = { states: state && [state], fiscalYear: year, decided, association, lacking };
	const heads = [
		m.requests_number(),
		m.requests_body(),
		m.patrols_state(),
		m.decisions_sent_on(),
		m.equipment_item(),
		m.equipment_size(),
		m.equipment_unit(),
		m.requests_asked(),
		m.requests_suggested(),
		m.requests_approved(),
		m.requests_allocated(),
		m.requests_handed(),
		m.requests_reason()
	];
	const states = new Map(allStates.map((state) => [state, stateName(state)]));
	const ids = await idsOfRequests(db, actor, narrow);
	return csvSteps('equipment-requests', heads, tableOf(ids, states, can(actor, 'request.see', {})));
};

/** Requests that are read in one go: some milliseconds in which nobody else is served. */
const AT_A_TIME = 250;

async function* tableOf(ids: string[], states: ReadonlyMap<State, string>, office: boolean) {
	for (let n = 0; n < ids.length; n += AT_A_TIME)
		yield (await linesForTable(db, ids.slice(n, n + AT_A_TIME))).map((row) => [
			row.number,
			row.body,
			states.get(row.state) ?? '',
			row.sentAt && jstDay(row.sentAt),
			row.name,
			row.size,
			row.unit,
			row.asked,
			// What is proposed is the office's own until it is decided.
			office || row.decidedOn ? row.suggested : null,
			row.approved,
			row.allocated,
			row.handed,
			office || row.decidedOn ? row.reason : null
		]);
}
