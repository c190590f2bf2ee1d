import { error } from '@sveltejs/kit';
import { movementKinds } from '#lib/equipment/movement.ts';
import { movementName } from '#lib/equipment/names.ts';
import { ledgerOfYear } from '#lib/equipment/reads.server.ts';
import { fiscalYearIn } from '#lib/reports/year.ts';
import { csvSteps } from '#lib/server/csv.ts';
import { db } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';

export const GET = (event) => {
	const actor = requireActor(event);
	const year = fiscalYearIn(event.url.searchParams.get('year') ?? '');
	if (year === undefined) error(404, sentence('error_not_found'));
	const heads = [
		m.equipment_number(),
		m.equipment_day(),
		m.equipment_item(),
		m.equipment_size(),
		m.equipment_kind(),
		m.equipment_in(),
		m.equipment_out(),
		m.equipment_balance(),
		m.equipment_reason(),
		m.equipment_by()
	];
	const kinds = Object.fromEntries(movementKinds.map((kind) => [kind, movementName(kind)]));
	return csvSteps(`ledger-${year}`, heads, tableOf(ledgerOfYear(db, actor, year), kinds));
};

async function* tableOf(lines: ReturnType<typeof ledgerOfYear>, kinds: Record<string, string>) {
	for await (const rows of lines)
		yield rows.map((row) => [
			row.id,
			row.onDay,
			row.name,
			row.size,
			kinds[row.kind] ?? '',
			row.pieces > 0 ? row.pieces : null,
			row.pieces < 0 ? -row.pieces : null,
			row.after,
			row.reason,
			row.by
		]);
}
