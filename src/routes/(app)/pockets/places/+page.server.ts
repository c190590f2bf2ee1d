import { placeForm } from '#lib/pockets/application.ts';
import { nextUnplaced, place } from '#lib/pockets/places.server.ts';
import { pocketNameOf } from '#lib/pockets/register.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const typed = event.url.searchParams.get('skip') ?? '';
	const skipped = /^\d{1,5}$/.test(typed) ? Number(typed) : 0;
	const { left, next } = await transaction((tx) => nextUnplaced(tx, actor, skipped)).catch(answer);
	return { left, next, skipped, programme: await pocketNameOf(db, actor.municipality) };
};

export const actions = {
	default: form(placeForm, async (tx, actor, { id, point }, event) => {
		await place(tx, actor, id, point, new Date());
		const skip = event.url.searchParams.get('skip');
		return skip ? `/pockets/places?skip=${encodeURIComponent(skip)}` : '/pockets/places';
	})
};
