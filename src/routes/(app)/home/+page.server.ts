import { eq } from 'drizzle-orm';
import { daysBetween, jstDay } from '#lib/calendar/day.ts';
import { shortDate, timeWords } from '#lib/calendar/era.ts';
import { isStaff } from '#lib/people/permissions.ts';
import { municipality } from '#lib/people/tables.server.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { nextOpenShift, nextShift } from '#lib/watches/reads.server.ts';
import { campaignsOn } from '#lib/watches/seasons.server.ts';
import { getLocale } from '#lib/words/runtime.js';
import { tilesOf } from '../menu.server.ts';
import { waitingFor } from './waiting.server.ts';
import { waitingWords } from './waitingWords.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const mine = await nextShift(db, actor, now);
	const next = mine ?? (await nextOpenShift(db, actor, now));
	const [here] = await db
		.select({ settings: municipality.settings })
		.from(municipality)
		.where(eq(municipality.id, actor.municipality));
	return {
		next: next && {
			id: next.id,
			day: shortDate(next.onDay, getLocale()),
			inDays: daysBetween(jstDay(now), next.onDay),
			from: timeWords(next.from),
			to: timeWords(next.to),
			place: next.place.name,
			spot: next.place.meetingSpot,
			note: next.note,
			joined: next.joined,
			minimum: next.minimum,
			mine: next.mine
		},
		campaigns: (await campaignsOn(db, actor, now)).map(({ id, name, greeting }) => ({ id, name, greeting })),
		staff: isStaff(actor),
		tiles: tilesOf(actor),
		waiting: (await waitingFor(db, actor, now)).map((one) => ({
			...{ key: one.key, tile: one.tile, count: one.count, href: one.href },
			says: waitingWords(one)
		})),
		phones: here?.settings.phones ?? []
	};
};
