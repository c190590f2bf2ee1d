import { jstDay } from '#lib/calendar/day.ts';
import { storeOf } from '#lib/equipment/reads.server.ts';
import { countedIn, stocktakeForm } from '#lib/equipment/stocktake.ts';
import { takeStock } from '#lib/equipment/stocktakes.server.ts';
import { redirect } from '@sveltejs/kit';
import { transaction, db } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { fieldErrors, refuse, requireActor, typed } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';

export const load = async (event) => ({
	items: (await storeOf(db, requireActor(event))).filter(
		(one) => !one.closed || one.lines.some((line) => line.onHand > 0)
	),
	today: jstDay(new Date())
});

export const actions = {
	default: async (event) => {
		const actor = requireActor(event);
		const values = typed(await event.request.formData());
		const sheet = stocktakeForm.safeParse(values);
		const { lines, errors } = countedIn(values);
		const wrong = {
			...(sheet.success ? {} : fieldErrors(sheet.error.issues)),
			...Object.fromEntries(Object.entries(errors).map(([box, code]) => [box, sentence(code)]))
		};
		if (!sheet.success || Object.keys(wrong).length > 0) return refuse(values, wrong);
		const reason = m.equipment_stocktake();
		const made = await transaction((tx) =>
			takeStock(tx, actor, { on: sheet.data.on, lines, reason }, new Date())
		).catch((thrown: unknown) => {
			if (thrown instanceof RuleBroken)
				return refuse(values, { [thrown.field ?? 'form']: sentence(thrown.code, thrown.params) });
			return answer(thrown);
		});
		if (typeof made !== 'string') return made;
		redirect(303, `/equipment/stocktakes/${made}`);
	}
};
