/** What the form of a rule lets people choose from. */
import type { Actor } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { placesOf } from '#lib/watches/places.server.ts';
import { campaignsOf, schoolsOf } from '#lib/watches/seasons.server.ts';

/** `kept` is the campaign a rule already has: it stays in the list even when it was ended. */
export async function choicesOf(actor: Actor, kept?: string | null) {
	const places = await placesOf(db, actor, 'shift.edit');
	return {
		places: places.map(({ id, name, association, associationName }) => ({ id, name, association, associationName })),
		schools: await schoolsOf(db, actor),
		campaigns: (await campaignsOf(db, actor))
			.filter((one) => !one.endedOn || one.id === kept)
			.map(({ id, name, fiscalYear }) => ({ id, name, fiscalYear }))
	};
}
