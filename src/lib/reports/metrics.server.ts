/** Every figure of a fiscal year, asked of the rooms' rows. One value for each metric, however many plans print it. */
import { and, desc, eq } from 'drizzle-orm';
import { issuedIn } from '#lib/equipment/figures.server.ts';
import {
	announcedRunsIn,
	businessesWhoWalked,
	carsOf,
	jointBodiesIn,
	schoolRunWeekdays,
	tallyOf
} from '#lib/patrols/figures.server.ts';
import { isCityCar } from '#lib/patrols/log.ts';
import { memorandaIn } from '#lib/people/figures.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { registeredIn } from '#lib/pockets/figures.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { greetingSeasonsIn } from '#lib/watches/figures.server.ts';
import { partnersOf, type Metric, type Value, type Values } from './metric.ts';
import { typedFigure, typedMetric } from './tables.server.ts';

/** The computed figures of the whole town. The actor must reach all of it. */
async function computed(tx: Reader, actor: Actor, fiscalYear: number): Promise<Record<Metric, Value>> {
	const of = actor.municipality;
	const { settings } = await settingsOf(tx, of);
	const year = await tallyOf(tx, actor, fiscalYear);
	const city = [...year.byProgramme].filter(([programme]) => isCityCar(programme)).map(([, figures]) => figures);
	const issued = await issuedIn(tx, actor, fiscalYear);
	const memoranda = await memorandaIn(tx, of, fiscalYear);
	const walked = await businessesWhoWalked(tx, actor, fiscalYear);
	return {
		cars: (await carsOf(tx, of, fiscalYear)).length,
		cityRuns: city.reduce((sum, one) => sum + one.runs, 0),
		cityKilometres: Math.round(city.reduce((sum, one) => sum + one.metres, 0) / 1000),
		jointPartners: partnersOf(await jointBodiesIn(tx, actor, fiscalYear)),
		equipmentBodies: issued.bodies,
		equipmentPieces: issued.pieces,
		memoranda: memoranda.length,
		businesses: new Set([...memoranda, ...walked]).size,
		greetingSeasons: await greetingSeasonsIn(tx, of, fiscalYear),
		schoolRunDays: (await schoolRunWeekdays(tx, of, fiscalYear)).length,
		pockets: await registeredIn(tx, of, fiscalYear, settings.leaveOutUnconfirmed ?? false),
		announcedRuns: await announcedRunsIn(tx, actor, fiscalYear)
	};
}

/** What the sections typed for the year: the last figure of each. Nought is a figure, nothing is none. */
async function typed(tx: Reader, municipality: string, fiscalYear: number): Promise<Record<string, number>> {
	const rows = await tx
		.select({ key: typedMetric.key, value: typedFigure.value })
		.from(typedFigure)
		.innerJoin(typedMetric, eq(typedMetric.id, typedFigure.metric))
		.where(and(eq(typedFigure.municipality, municipality), eq(typedFigure.fiscalYear, fiscalYear)))
		.orderBy(desc(typedFigure.id));
	return Object.fromEntries(rows.toReversed().map(({ key, value }) => [key, value]));
}

/** All figures of a fiscal year by their keys, computed and typed. */
export const valuesOf = async (tx: Reader, actor: Actor, fiscalYear: number): Promise<Values> => ({
	...(await typed(tx, actor.municipality, fiscalYear)),
	...(await computed(tx, actor, fiscalYear))
});
