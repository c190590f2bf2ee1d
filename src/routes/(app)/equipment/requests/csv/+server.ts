import { jstDay } from '#lib/calendar/day.ts';
import { stateName } from '#lib/equipment/names.ts';
import { filterOf } from '#lib/equipment/requestFilter.ts';
import { linesWithItems, requestsOf } from '#lib/equipment/requestReads.server.ts';
import { can } from '#lib/people/permissions.ts';
import { csvAnswer, toCsv } from '#lib/server/csv.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';

/** The list as it is narrowed, a row for each line: a spreadsheet adds up by item. */
export const GET = async (event) => {
	const actor = requireActor(event);
	const { state, year, association, lacking } = filterOf(event.url.searchParams);
	const narrow = { states: state && [state], fiscalYear: year, association, lacking };
	const { rows } = await requestsOf(db, actor, narrow, undefined, Number.MAX_SAFE_INTEGER - 1);
	const office = can(actor, 'request.see', {});
	const lines = Map.groupBy(
		await linesWithItems(
			db,
			rows.map((row) => row.id)
		),
		(line) => line.request
	);
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
	const table = rows.flatMap((row) =>
		(lines.get(row.id) ?? []).map((line) => [
			row.number,
			row.body,
			stateName(row.state),
			row.sentAt && jstDay(row.sentAt),
			line.name,
			line.size,
			line.unit,
			line.asked,
			// What is proposed is the office's own until it is decided.
			office || row.decidedOn ? line.suggested : null,
			line.approved,
			line.allocated,
			line.handed,
			office || row.decidedOn ? line.reason : null
		])
	);
	return csvAnswer('equipment-requests', toCsv(heads, table));
};
