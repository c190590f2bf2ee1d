import { storeOf } from '#lib/equipment/reads.server.ts';
import { heads, modeWords } from '#lib/equipment/stock-csv.ts';
import { csvAnswer, toCsv } from '#lib/server/csv.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const GET = async (event) => {
	const { name, size, unit, mode, onHand, allocated, free, reorderAt } = heads;
	const rows = (await storeOf(db, requireActor(event))).flatMap((item) =>
		item.lines.map((line) => [
			item.name,
			line.size,
			item.unit,
			modeWords[item.mode],
			line.onHand,
			line.allocated,
			line.free,
			item.reorderAt
		])
	);
	return csvAnswer('stock', toCsv([name, size, unit, mode, onHand, allocated, free, reorderAt], rows));
};
