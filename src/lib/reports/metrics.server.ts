/** Every figure of a fiscal year, asked of the rooms' rows. One value for each metric, however many plans print it. */
import { issuedIn } from '#lib/equipment/figures.server.ts';
import { outreachIn } from '#lib/outreach/figures.server.ts';
import { businessesWhoWalked, carsOf, jointBodiesIn, schoolRunWeekdays, sumsOf } from '#lib/patrols/figures.server.ts';
import { isCityCar, programmes } from '#lib/patrols/log.ts';
import { memorandaIn } from '#lib/people/figures.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { registeredIn } from '#lib/pockets/figures.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { greetingSeasonsIn } from '#lib/watches/figures.server.ts';
import { partnersOf, type Metric, type Value, type Values } from './metric.ts';
import { typedValues } from './typed.server.ts';

/** The computed figures of the whole town. The actor must reach all of it. */
async function computed(tx: Reader, actor: Actor, fiscalYear: number): Promise<Record<Metric, Value>> {
	const of = actor.municipality;
	const { settings } = await settingsOf(tx, of);
	const city = await sumsOf(tx, actor, fiscalYear, programmes.filter(isCityCar));
	const issued = await issuedIn(tx, actor, fiscalYear);
	const memoranda = await memorandaIn(tx, of, fiscalYear);
	const walked = await businessesWhoWalked(tx, actor, fiscalYear);
	return {
		cars: (await carsOf(tx, of, fiscalYear)).length,
		cityRuns: city.runs,
		cityKilometres: Math.round(city.metres / 1000),
		jointPartners: partnersOf(await jointBodiesIn(tx, actor, fiscalYear)),
		equipmentBodies: issued.bodies,
		equipmentPieces: issued.pieces,
		memoranda: memoranda.length,
		businesses: new Set([...memoranda, ...walked]).size,
		greetingSeasons: await greetingSeasonsIn(tx, of, fiscalYear),
		schoolRunDays: (await schoolRunWeekdays(tx, of, fiscalYear)).length,
		pockets: await registeredIn(tx, of, fiscalYear, settings.leaveOutUnconfirmed ?? false),
		announcedRuns: city.announced,
		...(await outreachIn(tx, of, fiscalYear))
	};
}

/** All figures of a fiscal year by their keys, computed and typed. */
export const valuesOf = async (tx: Reader, actor: Actor, fiscalYear: number): Promise<Values> => ({
	...(await typedValues(tx, actor.municipality, fiscalYear)),
	...(await computed(tx, actor, fiscalYear))
});
