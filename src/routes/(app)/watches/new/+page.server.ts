import { jstDay } from '#lib/calendar/day.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { placesOf } from '#lib/watches/places.server.ts';
import { shiftForm } from '#lib/watches/shift.ts';
import { makeShift } from '#lib/watches/shifts.server.ts';

export const load = async (event) => {
	const places = await placesOf(db, requireActor(event), 'shift.edit');
	return {
		today: jstDay(new Date()),
		places: places.map(({ id, name, associationName }) => ({ id, name, associationName }))
	};
};

export const actions = {
	default: form(shiftForm, async (tx, actor, input) => {
		const id = await makeShift(tx, actor, input, new Date());
		return `/shifts/${id}?did=made`;
	})
};
