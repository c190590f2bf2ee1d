import * as z from 'zod/mini';
import { mapBaseOf } from '#lib/map/base.server.ts';
import { textOfLine } from '#lib/map/length.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { placeForm } from '#lib/watches/place.ts';
import { changePlace, endPlace, findPlace } from '#lib/watches/places.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const place = await findPlace(db, actor, 'shift.edit', event.params.id).catch(answer);
	return {
		place: { id: place.id, kind: place.kind, name: place.name, association: place.association },
		values: { name: place.name, meetingSpot: place.meetingSpot ?? '', line: textOfLine(place.line) },
		base: await mapBaseOf(db, actor.municipality)
	};
};

export const actions = {
	change: form(placeForm, async (tx, actor, input, event) => {
		await changePlace(tx, actor, event.params.id ?? '', input);
		return '/watches/places?saved';
	}),
	end: form(z.object({}), async (tx, actor, _, event) => {
		await endPlace(tx, actor, event.params.id ?? '', new Date());
		return '/watches/places?saved';
	})
};
