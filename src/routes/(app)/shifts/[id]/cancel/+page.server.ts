import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { shiftLine } from '#lib/watches/reads.server.ts';
import { cancelForm } from '#lib/watches/shift.ts';
import { cancelShift, findShift } from '#lib/watches/shifts.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	await findShift(db, actor, 'shift.edit', event.params.id).catch(answer);
	return { line: await shiftLine(db, actor, event.params.id, new Date()).catch(answer) };
};

export const actions = {
	default: form(cancelForm, async (tx, actor, input, event) => {
		const id = event.params.id ?? '';
		await cancelShift(tx, actor, id, input, new Date());
		return `/shifts/${id}`;
	})
};
