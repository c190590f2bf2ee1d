import { modeName } from '#lib/equipment/names.ts';
import { storeOf } from '#lib/equipment/reads.server.ts';
import { csvAnswer, toCsv } from '#lib/server/csv.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';

export const GET = async (event) => {
	const heads = [
		m.equipment_item(),
		m.equipment_size(),
		m.equipment_unit(),
		m.equipment_mode(),
		m.equipment_on_hand(),
		m.equipment_allocated(),
		m.equipment_free(),
		m.equipment_reorder()
	];
	const rows = (await storeOf(db, requireActor(event))).flatMap((item) =>
		item.lines.map((line) => [
			item.name,
			line.size,
			item.unit,
			modeName(item.mode),
			line.onHand,
			line.allocated,
			line.free,
			item.reorderAt
		])
	);
	return csvAnswer('stock', toCsv(heads, rows));
};
