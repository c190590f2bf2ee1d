/** How applications come in: written down by the office, handed in by leader or school, sent by the host. */
import { and, desc, eq, exists, inArray } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import { association, associationSchool, school } from '#lib/people/tables.server.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { Application } from './application.ts';
import { purposes } from './consent.ts';
import { giveConsent } from './consents.server.ts';
import { agreedText } from './names.ts';
import type { Way } from './pocket.ts';
import { apply, type By } from './pockets.server.ts';
import { pocket, pocketDeed } from './tables.server.ts';

/** Takes an application with what was agreed to on this day, in the words of this request. Sent twice, it is one. */
export async function takeApplication(
	tx: Tx,
	by: By,
	form: Application,
	{ way, on }: { way: Way; on: string },
	now: Date
): Promise<void> {
	if (on > jstDay(now)) throw new RuleBroken('error_pockets_future', 'on');
	if (!(await apply(tx, by, form.id, form.pocket, way, now))) return;
	for (const purpose of purposes)
		if (form.agreed[purpose]) await giveConsent(tx, by, form.id, { purpose, text: agreedText(purpose), on }, now);
}

/** Ids of the school districts into which this person may hand in an application; `'all'` for the office. */
async function districtsOf(tx: Reader, actor: Actor): Promise<string[] | 'all'> {
	const reached = reachOf(actor, 'pocket.apply');
	if (reached.all) return 'all';
	const met = reached.associations.length
		? await tx
				.selectDistinct({ id: associationSchool.school })
				.from(associationSchool)
				.where(
					and(
						eq(associationSchool.municipality, actor.municipality),
						inArray(associationSchool.association, reached.associations)
					)
				)
		: [];
	return [...new Set([...reached.schools, ...met.map((one) => one.id)])];
}

/** The districts of `districtsOf` by kana. */
export async function districtsToChoose(tx: Reader, actor: Actor) {
	const districts = await districtsOf(tx, actor);
	return tx
		.select({ id: school.id, name: school.name })
		.from(school)
		.where(
			and(eq(school.municipality, actor.municipality), districts === 'all' ? undefined : inArray(school.id, districts))
		)
		.orderBy(school.kana, school.id);
}

/** As whom this person hands in: their school, a PTA that meets it, or another body. */
async function wayOf(tx: Reader, actor: Actor, district: string): Promise<Way> {
	const reached = reachOf(actor, 'pocket.apply');
	if (reached.all) return 'office';
	if (reached.schools.includes(district)) return 'school';
	const bodies = await tx
		.select({ kind: association.kind })
		.from(association)
		.innerJoin(associationSchool, eq(associationSchool.association, association.id))
		.where(and(inArray(association.id, reached.associations), eq(associationSchool.school, district)));
	return bodies.length > 0 && bodies.every(({ kind }) => kind === 'pta') ? 'pta' : 'leader';
}

/** A leader or a school hands in what a host told them, of their own districts only. */
export async function handIn(tx: Tx, actor: Actor, form: Application, now: Date): Promise<void> {
	const districts = await districtsOf(tx, actor);
	const district = form.pocket.school;
	if (districts !== 'all' && !districts.includes(district)) throw new NotFound('school');
	await takeApplication(tx, actor, form, { way: await wayOf(tx, actor, district), on: jstDay(now) }, now);
}

/**
 * What this person has handed in, the latest first: that it was taken, and nothing of what stood in it but kind and town. Found by
 * the districts they reach now.
 */
export async function handedInBy(tx: Reader, actor: Actor) {
	const districts = await districtsOf(tx, actor);
	if (districts !== 'all' && districts.length === 0) return [];
	const mine = tx
		.select({ id: pocketDeed.id })
		.from(pocketDeed)
		.where(and(eq(pocketDeed.pocket, pocket.id), eq(pocketDeed.deed, 'apply'), eq(pocketDeed.by, actor.person)));
	return tx
		.select({ id: pocket.id, kind: pocket.kind, town: pocket.town, school: school.name, appliedOn: pocket.appliedOn })
		.from(pocket)
		.innerJoin(school, eq(school.id, pocket.school))
		.where(
			and(
				eq(pocket.municipality, actor.municipality),
				districts === 'all' ? undefined : inArray(pocket.school, districts),
				exists(mine)
			)
		)
		.orderBy(desc(pocket.appliedOn), desc(pocket.id))
		.limit(100);
}
