/** Every figure of a fiscal year, asked of the rooms' rows. One value for each metric, however many plans print it. */
import { handedOutIn, requestsIn } from '#lib/equipment/figures.server.ts';
import { outreachIn } from '#lib/outreach/figures.server.ts';
import { businessesWhoWalked, carsOf, jointBodiesIn, schoolRunWeekdays } from '#lib/patrols/figures.server.ts';
import { findingsIn } from '#lib/patrols/findingFigures.server.ts';
import { isCityCar, programmes } from '#lib/patrols/log.ts';
import { runDaysIn, sumsOf, walkersIn } from '#lib/patrols/programmeFigures.server.ts';
import { memorandaIn } from '#lib/people/figures.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { movedIn, registeredIn } from '#lib/pockets/figures.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { greetingSeasonsIn, plannedDaysIn } from '#lib/watches/figures.server.ts';
import { ownValues, partnersOf, type Metric, type Value, type Values } from './metric.ts';
import { completeness } from './schoolRuns.ts';
import { typedValues } from './typed.server.ts';

const kilometres = (metres: number) => Math.round(metres / 1000);
const city = programmes.filter(isCityCar);

/** Figures that are asked of the rows together. A plan that prints none of them does not ask. */
type Part<Of extends Metric> = {
	of: readonly Of[];
	read: (tx: Reader, actor: Actor, fiscalYear: number) => Promise<Record<Of, Value>>;
};
const part = <const Of extends Metric>(of: readonly Of[], read: Part<Of>['read']): Part<Of> => ({ of, read });

const parts = [
	part(['cars'], async (tx, { municipality }, year) => ({ cars: (await carsOf(tx, municipality, year)).length })),
	part(['cityRuns', 'cityKilometres', 'announcedRuns'], async (tx, actor, year) => {
		const { runs, metres, announced } = await sumsOf(tx, actor, year, city);
		return { cityRuns: runs, cityKilometres: kilometres(metres), announcedRuns: announced };
	}),
	part(['jointPartners'], async (tx, actor, year) => ({
		jointPartners: partnersOf(await jointBodiesIn(tx, actor, year))
	})),
	part(['jointRuns'], async (tx, actor, year) => ({ jointRuns: (await sumsOf(tx, actor, year, ['joint'])).runs })),
	part(['volunteerRuns', 'volunteerPersonTimes', 'volunteerKilometres'], async (tx, actor, year) => {
		const { runs, personTimes, metres } = await sumsOf(tx, actor, year, ['volunteerPatrol']);
		return { volunteerRuns: runs, volunteerPersonTimes: personTimes, volunteerKilometres: kilometres(metres) };
	}),
	part(['volunteerPeople'], async (tx, actor, year) => ({
		volunteerPeople: await walkersIn(tx, actor, year, 'volunteerPatrol')
	})),
	part(['schoolWatchRuns', 'schoolWatchPersonTimes'], async (tx, actor, year) => {
		const { runs, personTimes } = await sumsOf(tx, actor, year, ['schoolWatch']);
		return { schoolWatchRuns: runs, schoolWatchPersonTimes: personTimes };
	}),
	part(['greetingPersonTimes'], async (tx, actor, year) => ({
		greetingPersonTimes: (await sumsOf(tx, actor, year, ['greeting'])).personTimes
	})),
	part(['greetingDays'], async (tx, actor, year) => ({
		greetingDays: (await runDaysIn(tx, actor, year, 'greeting')).size
	})),
	part(['greetingSeasons'], async (tx, { municipality }, year) => ({
		greetingSeasons: await greetingSeasonsIn(tx, municipality, year)
	})),
	part(['schoolRunDays'], async (tx, { municipality }, year) => ({
		schoolRunDays: (await schoolRunWeekdays(tx, municipality, year)).length
	})),
	part(['schoolRunsPlanned', 'schoolRunsDone'], async (tx, actor, year) => {
		const planned = await plannedDaysIn(tx, actor.municipality, year, 'cityCarSchool');
		const runs = completeness(planned, await runDaysIn(tx, actor, year, 'cityCarSchool'));
		return { schoolRunsPlanned: runs.planned, schoolRunsDone: runs.done };
	}),
	part(['memoranda', 'businesses'], async (tx, actor, year) => {
		const memoranda = await memorandaIn(tx, actor.municipality, year);
		const walked = await businessesWhoWalked(tx, actor, year);
		return { memoranda: memoranda.length, businesses: new Set([...memoranda, ...walked]).size };
	}),
	part(
		['equipmentBodies', 'equipmentPieces', 'equipmentLentBodies', 'equipmentLentPieces'],
		async (tx, actor, year) => {
			const { issued, lent } = await handedOutIn(tx, actor, year);
			return {
				...{ equipmentBodies: issued.bodies, equipmentPieces: issued.pieces },
				...{ equipmentLentBodies: lent.bodies, equipmentLentPieces: lent.pieces }
			};
		}
	),
	part(['requestsReceived', 'requestsDecided', 'requestsDeclined'], async (tx, { municipality }, year) => {
		const { received, decided, declined } = await requestsIn(tx, municipality, year);
		return { requestsReceived: received, requestsDecided: decided, requestsDeclined: declined };
	}),
	part(['pockets'], async (tx, { municipality }, year) => {
		const { settings } = await settingsOf(tx, municipality);
		return { pockets: await registeredIn(tx, municipality, year, settings.leaveOutUnconfirmed ?? false) };
	}),
	part(
		[
			...(['pocketsStart', 'pocketsAdded', 'pocketsEnded', 'pocketsEndedMoved', 'pocketsEndedWithdrew'] as const),
			...(['pocketsEndedClosed', 'pocketsEndedUnreachable', 'pocketsEndedDistrictClosed'] as const),
			...(['pocketsEndedMistake', 'pocketsEndedOther'] as const)
		],
		async (tx, { municipality }, year) => {
			const { start, added, ended, endedAll } = await movedIn(tx, municipality, year);
			return {
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
			};
		}
	),
	part(
		[
			...(['lectures', 'lectureAttendance', 'councilMeetings', 'councilMonths', 'eventsCancelled'] as const),
			...(['alertsSent', 'alertsSuspicious', 'alertsFraud', 'alertsTheft', 'alertsOther'] as const),
			...(['materialPlaces', 'materialKinds', 'badges'] as const)
		],
		(tx, { municipality }, year) => outreachIn(tx, municipality, year)
	),
	part(['findingsOwn', 'findingsSettledOwn'], async (tx, { municipality }, year) => {
		const rows = await findingsIn(tx, municipality, year);
		return {
			...ownValues('findingsOwn', new Map(rows.map((row) => [row.section, row.findings]))),
			...ownValues('findingsSettledOwn', new Map(rows.map((row) => [row.section, row.settled])))
		};
	})
];

/**
 * All figures of a fiscal year by their keys, computed and typed; or those alone that are `asked`, as a plan prints them, and what is read
 * together with them. The actor must reach the whole town.
 */
export async function valuesOf(
	tx: Reader,
	actor: Actor,
	fiscalYear: number,
	asked?: ReadonlySet<string>
): Promise<Values> {
	const values: Record<string, Value> = { ...(await typedValues(tx, actor.municipality, fiscalYear)) };
	for (const { of, read } of parts)
		if (!asked || of.some((metric) => asked.has(metric))) Object.assign(values, await read(tx, actor, fiscalYear));
	return values;
}
