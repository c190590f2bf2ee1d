import { jstDay } from '#lib/calendar/day.ts';
import { storeOf } from '#lib/equipment/reads.server.ts';
import { stocktakeForm } from '#lib/equipment/stocktake.ts';
import { takeStock } from '#lib/equipment/stocktakes.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';

export const load = async (event) => ({
	items: (await storeOf(db, requireActor(event))).filter(
		(one) => !one.closed || one.lines.some((line) => line.onHand > 0)
	),
	today: jstDay(new Date())
});

export const actions = {
	default: form(
		stocktakeForm,
		async (tx, actor, sheet) =>
			`/equipment/stocktakes/${await takeStock(tx, actor, { ...sheet, reason: m.equipment_stocktake() }, new Date())}`
	)
};
