/** Who goes round in 継続確認: the homes they may be shown, by audience, and how many the office asks itself. */
import { and, eq, lt } from 'drizzle-orm';
import { may, reachOf, type Actor } from '#lib/people/permissions.ts';
import { school } from '#lib/people/tables.server.ts';
import { among } from '#lib/server/db/among.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { seenBy, viewOf, type Area, type Audience, type Known, type Seen } from './audience.ts';
import { consentsOf } from './consents.server.ts';
import { isAnswer } from './confirmation.ts';
import { pocket, pocketConfirmation, pocketSeason, type Pocket } from './tables.server.ts';
import { districtsOf, knownIn } from './views.server.ts';
import type { Visit } from './visiting.ts';

/** Districts in which this person goes round, and as whom: a contact of the school sees more of its own. */
export async function roundsOf(tx: Reader, actor: Actor): Promise<Map<string, Audience>> {
	const reach = reachOf(actor, 'pocket.ask');
	const walked = await districtsOf(tx, reach.associations);
	return new Map<string, Audience>([
		...walked.map((one) => [one, 'district'] as const),
		...reach.schools.map((one) => [one, 'school'] as const)
	]);
}

/** May this person ask at this door? Only where the host agreed that they see it; paused homes are the office's to ask. */
export async function mayVisit(tx: Reader, actor: Actor, home: Pocket): Promise<boolean> {
	const audience = (await roundsOf(tx, actor)).get(home.school);
	if (!audience || home.state !== 'registered') return false;
	const known: Known = { ...home, number: home.number ?? 0, confirmed: false, consents: await consentsOf(tx, home.id) };
	return seenBy(audience, known) !== undefined;
}

export type VisitList = { school: string; name: string; audience: Audience; visits: Visit[]; areas: Area[] };

/** The lists of this person in the round of a fiscal year, one for each district in which it is open. */
export async function visitsOf(tx: Reader, actor: Actor, fiscalYear: number): Promise<VisitList[]> {
	const audiences = await roundsOf(tx, actor);
	const seasons = await tx
		.select({ school: school.id, name: school.name, openedOn: pocketSeason.openedOn, closedOn: pocketSeason.closedOn })
		.from(pocketSeason)
		.innerJoin(school, eq(school.id, pocketSeason.school))
		.where(
			and(
				eq(pocketSeason.municipality, actor.municipality),
				eq(pocketSeason.fiscalYear, fiscalYear),
				among(pocketSeason.school, [...audiences.keys()])
			)
		)
		.orderBy(school.kana, school.id);
	const open = seasons.filter((one) => one.closedOn === null);
	return Promise.all(
		open.map(async ({ school: id, name, openedOn }) => {
			const audience = audiences.get(id) ?? 'district';
			const { points, areas } = await listOf(tx, actor.municipality, { school: id, openedOn, audience });
			const answers = await lastAnswers(
				tx,
				fiscalYear,
				points.map((one) => one.id)
			);
			const visits = points.map((one) => {
				const last = answers.get(one.id);
				return {
					...one,
					answered: last !== undefined && isAnswer(last.result),
					...(last?.by === actor.person ? { own: last.result } : {})
				};
			});
			return { school: id, name, audience, visits, areas };
		})
	);
}

/** What an audience may be shown of the homes that are asked in a district. */
export async function listOf(
	tx: Reader,
	municipality: string,
	{ school: district, openedOn, audience }: { school: string; openedOn: string; audience: Audience }
): Promise<{ points: Seen[]; areas: Area[] }> {
	const known = await knownIn(tx, municipality, [district]);
	const asked = await tx
		.select({ id: pocket.id })
		.from(pocket)
		.where(and(eq(pocket.school, district), eq(pocket.state, 'registered'), lt(pocket.registeredOn, openedOn)));
	const ids = new Set(asked.map((one) => one.id));
	return viewOf(
		audience,
		known.filter((one) => ids.has(one.id))
	);
}

/** The answer that holds, per home: the last of the year. */
export async function lastAnswers(tx: Reader, fiscalYear: number, homes: readonly string[]) {
	const rows = await tx
		.select()
		.from(pocketConfirmation)
		.where(and(among(pocketConfirmation.pocket, homes), eq(pocketConfirmation.fiscalYear, fiscalYear)))
		.orderBy(pocketConfirmation.at, pocketConfirmation.id);
	return new Map(rows.map((row) => [row.pocket, row]));
}

/** How many doors are left for this person in the open rounds. */
export async function visitsLeft(tx: Reader, actor: Actor, fiscalYear: number): Promise<number> {
	if (!may(actor, 'pocket.ask')) return 0;
	const lists = await visitsOf(tx, actor, fiscalYear);
	return lists.flatMap((one) => one.visits).filter((one) => !one.answered).length;
}
