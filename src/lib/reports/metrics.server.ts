/** Every figure of a fiscal year, asked of the rooms' rows. One value for each metric, however many plans print it. */
import { handedOutIn, requestsIn } from '#lib/equipment/figures.server.ts';
import { outreachIn } from '#lib/outreach/figures.server.ts';
import { businessesWhoWalked, carsOf, jointBodiesIn, schoolRunWeekdays } from '#lib/patrols/figures.server.ts';
import { findingsIn } from '#lib/patrols/findingFigures.server.ts';
import { isCityCar, programmes } from '#lib/patrols/log.ts';
import { programmesIn, runDaysIn, walkersIn } from '#lib/patrols/programmeFigures.server.ts';
import { memorandaIn } from '#lib/people/figures.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { movedIn, registeredIn } from '#lib/pockets/figures.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { greetingSeasonsIn, plannedDaysIn } from '#lib/watches/figures.server.ts';
import { ownValues, partnersOf, type Metric, type Value, type Values } from './metric.ts';
import { completeness } from './schoolRuns.ts';
import { typedValues } from './typed.server.ts';

type Figures<Of extends Metric> = Record<Of, Value>;
const kilometres = (metres: number) => Math.round(metres / 1000);

/** What was walked, by whom, with whom. */
async function walked(tx: Reader, actor: Actor, fiscalYear: number) {
	const of = actor.municipality;
	const year = await programmesIn(tx, actor, fiscalYear);
	const city = programmes.filter(isCityCar).map(year);
	const [volunteers, school, greeting] = [year('volunteerPatrol'), year('schoolWatch'), year('greeting')];
	const memoranda = await memorandaIn(tx, of, fiscalYear);
	const businesses = await businessesWhoWalked(tx, actor, fiscalYear);
	const runs = completeness(
		await plannedDaysIn(tx, of, fiscalYear, 'cityCarSchool'),
		await runDaysIn(tx, actor, fiscalYear, 'cityCarSchool')
	);
	return {
		cars: (await carsOf(tx, of, fiscalYear)).length,
		cityRuns: city.reduce((sum, one) => sum + one.runs, 0),
		cityKilometres: kilometres(city.reduce((sum, one) => sum + one.metres, 0)),
		announcedRuns: city.reduce((sum, one) => sum + one.announced, 0),
		schoolRunDays: (await schoolRunWeekdays(tx, of, fiscalYear)).length,
		schoolRunsPlanned: runs.planned,
		schoolRunsDone: runs.done,
		jointPartners: partnersOf(await jointBodiesIn(tx, actor, fiscalYear)),
		jointRuns: year('joint').runs,
		volunteerRuns: volunteers.runs,
		volunteerPersonTimes: volunteers.personTimes,
		volunteerPeople: await walkersIn(tx, actor, fiscalYear, 'volunteerPatrol'),
		volunteerKilometres: kilometres(volunteers.metres),
		schoolWatchRuns: school.runs,
		schoolWatchPersonTimes: school.personTimes,
		greetingSeasons: await greetingSeasonsIn(tx, of, fiscalYear),
		greetingDays: greeting.days,
		greetingPersonTimes: greeting.personTimes,
		memoranda: memoranda.length,
		businesses: new Set([...memoranda, ...businesses]).size
	} satisfies Partial<Figures<Metric>>;
}

/** What was issued and lent, and what was asked for. */
async function handed(tx: Reader, actor: Actor, fiscalYear: number) {
	const { issued, lent } = await handedOutIn(tx, actor, fiscalYear);
	const requests = await requestsIn(tx, actor.municipality, fiscalYear);
	return {
		equipmentBodies: issued.bodies,
		equipmentPieces: issued.pieces,
		equipmentLentBodies: lent.bodies,
		equipmentLentPieces: lent.pieces,
		requestsReceived: requests.received,
		requestsDecided: requests.decided,
		requestsDeclined: requests.declined
	} satisfies Partial<Figures<Metric>>;
}

/** The register of refuge homes, and how it moved. */
async function refuges(tx: Reader, of: string, fiscalYear: number) {
	const { settings } = await settingsOf(tx, of);
	const { start, added, ended, endedAll } = await movedIn(tx, of, fiscalYear);
	return {
		pockets: await registeredIn(tx, of, fiscalYear, settings.leaveOutUnconfirmed ?? false),
		pocketsStart: start,
		pocketsAdded: added,
		pocketsEnded: endedAll,
		pocketsEndedMoved: ended.moved,
		pocketsEndedWithdrew: ended.withdrew,
		pocketsEndedClosed: ended.closed,
		pocketsEndedUnreachable: ended.unreachable,
		pocketsEndedDistrictClosed: ended.districtClosed,
		pocketsEndedMistake: ended.mistake,
		pocketsEndedOther: ended.other
	} satisfies Partial<Figures<Metric>>;
}

/** What was noticed, section by section. */
async function noticed(tx: Reader, of: string, fiscalYear: number): Promise<Values> {
	const rows = await findingsIn(tx, of, fiscalYear);
	return {
		...ownValues('findingsOwn', new Map(rows.map((row) => [row.section, row.findings]))),
		...ownValues('findingsSettledOwn', new Map(rows.map((row) => [row.section, row.settled])))
	};
}

/** The computed figures of the whole town. The actor must reach all of it. */
async function computed(tx: Reader, actor: Actor, fiscalYear: number) {
	const of = actor.municipality;
	return {
		...(await walked(tx, actor, fiscalYear)),
		...(await handed(tx, actor, fiscalYear)),
		...(await refuges(tx, of, fiscalYear)),
		...(await outreachIn(tx, of, fiscalYear))
	} satisfies Figures<Exclude<Metric, 'findingsOwn' | 'findingsSettledOwn'>>;
}

/** All figures of a fiscal year by their keys, computed and typed. */
export const valuesOf = async (tx: Reader, actor: Actor, fiscalYear: number): Promise<Values> => ({
	...(await typedValues(tx, actor.municipality, fiscalYear)),
	...(await computed(tx, actor, fiscalYear)),
	...(await noticed(tx, actor.municipality, fiscalYear))
});
