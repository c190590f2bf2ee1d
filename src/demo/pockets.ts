/**
 * The register of refuge homes of the invented town. Its numbers are those the city printed: 1,016 on 31 March 2024, 34 new and 154
 * ended in 令和6年度 (転居 61, 高齢・辞退 47, 閉店 22, 宛先不明 24), 896 on 31 March 2025. Written straight into the tables: the
 * verbs would take a second for each hundred.
 */
import { addDays, instantOf } from '#lib/calendar/day.ts';
import { fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { consentVersion, type Purpose } from '#lib/pockets/consent.ts';
import { addressFold, phoneFold } from '#lib/pockets/fold.ts';
import { agreedText } from '#lib/pockets/names.ts';
import type { Deed, Ending, Kind, State } from '#lib/pockets/pocket.ts';
import { pocket, pocketConsent, pocketDeed, pocketPlate } from '#lib/pockets/tables.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { demoId } from './ids.ts';
import { homeOf } from './pockets/homes.ts';
import { inParts, seedCounts, seedRounds, type Row } from './pockets/rounds.ts';
import { town } from './town.ts';

type Ended = readonly [ending: Ending, count: number, kinds: readonly Kind[]];
const homes: readonly Kind[] = ['home'];
const trade: readonly Kind[] = ['shop', 'business'];

/** Fiscal year → how many were registered and how many ended, for which reason. The first line: everything that was there before. */
const years: readonly { year: number; added: number; ended: readonly Ended[] }[] = [
	{ year: 2022, added: 1_041, ended: [] },
	{
		year: 2023,
		added: 26,
		ended: [
			['moved', 24, homes],
			['withdrew', 18, homes],
			['closed', 9, trade]
		]
	},
	{
		year: 2024,
		added: 34,
		ended: [
			['moved', 61, homes],
			['withdrew', 47, homes],
			['closed', 22, trade],
			['unreachable', 24, homes]
		]
	},
	{
		year: 2025,
		added: 21,
		ended: [
			['moved', 17, homes],
			['withdrew', 12, homes],
			['closed', 4, trade]
		]
	},
	{
		year: 2026,
		added: 9,
		ended: [
			['moved', 4, homes],
			['withdrew', 2, homes]
		]
	}
];
const first = years[0]!.year;
/** Still on their way. */
const open: readonly { state: State; count: number }[] = [
	{ state: 'applied', count: 4 },
	{ state: 'explained', count: 2 }
];

/** Seven of ten are private homes. */
const kindOf = (n: number): Kind =>
	(['home', 'home', 'shop', 'home', 'home', 'business', 'home', 'home', 'shop', 'home'] as const)[n % 10]!;
/** Each twenty-fifth is something else. */
const rare = (n: number): Kind => (n % 50 === 7 ? 'facility' : n % 50 === 32 ? 'medical' : kindOf(n));

/** All homes with their days, before anything is written. */
function rows(today: string): Row[] {
	const all: Row[] = [];
	const make = (state: State, days: Pick<Row, 'appliedOn' | 'explainedOn' | 'registeredOn'>): void => {
		const n = all.length + 1;
		const { roll: _, ...home } = homeOf(n, rare(n));
		all.push({
			id: demoId('pockets', 0, n),
			municipality: town.municipality,
			number: days.registeredOn ? n : null,
			state,
			...home,
			phoneFold: phoneFold(home.phone),
			addressFold: addressFold(home.town + home.address),
			way: n % 3 === 0 ? 'pta' : 'school',
			...days,
			changedAt: instantOf(days.registeredOn ?? days.appliedOn, '10:00')
		});
	};
	for (const { year, added, ended } of years) {
		const from = fiscalYearStart(year);
		for (let n = 0; n < added; n++) {
			// The first ones came over seventeen years; later ones from April to the end of June, so that no young year reaches ahead.
			const registeredOn = year === first ? addDays('2005-04-11', n * 6) : addDays(from, (n * 7) % 88);
			if (registeredOn > today) break;
			make('registered', {
				appliedOn: addDays(registeredOn, -30),
				explainedOn: addDays(registeredOn, -7),
				registeredOn
			});
		}
		let day = 0;
		for (const [ending, count, kinds] of ended) {
			const candidates = all.filter(
				(one) => one.state === 'registered' && kinds.includes(one.kind) && one.registeredOn! < from
			);
			for (let n = 0; n < count; n++) {
				// Every so many-th, so that no district loses all of its homes.
				const one = candidates[Math.floor(((n + 0.5) * candidates.length) / count)]!;
				const endedOn = addDays(from, 100 + ((day++ * 11) % 260));
				if (endedOn > today) continue;
				Object.assign(one, { state: 'ended', endedOn, ending });
			}
		}
	}
	for (const { state, count } of open)
		for (let n = 0; n < count; n++) {
			const appliedOn = addDays(today, -9 - n * 3);
			make(state, { appliedOn, ...(state === 'explained' && { explainedOn: addDays(today, -2 - n) }) });
		}
	// One host went into hospital: the home stays in the number, and is on no map.
	for (const one of all.filter((row) => row.state === 'registered').slice(40, 43)) one.state = 'paused';
	return all;
}

/** What a host agreed to: every second home in its district, two of three of these with a name for the school; shops to everybody. */
function agreed(row: Row): Purpose[] {
	const { roll } = homeOf(row.number ?? 0, row.kind);
	const [one, two] = [roll(), roll()];
	if (row.kind !== 'home') return one < 0.85 ? ['public', 'district', 'contact'] : ['district'];
	if (one < 0.04) return ['public', 'district', 'contact'];
	return one < 0.6 ? (two < 0.66 ? ['district', 'contact'] : ['district']) : [];
}

export async function seedPockets(tx: Tx, today: string): Promise<void> {
	const all = rows(today);
	const of = town.municipality;
	const by = town.people.guidance;
	await inParts(all, (part) => tx.insert(pocket).values(part));

	const registered = all.filter((row) => row.registeredOn);
	const consents = registered.flatMap((row) => agreed(row).map((purpose) => ({ row, purpose })));
	await inParts(consents, (part) =>
		tx.insert(pocketConsent).values(
			part.map(({ row, purpose }) => ({
				id: demoId('pockets', 1 + ['public', 'district', 'contact'].indexOf(purpose), row.number!),
				municipality: of,
				pocket: row.id,
				purpose,
				version: consentVersion,
				text: agreedText(purpose),
				givenOn: row.registeredOn!,
				by,
				at: instantOf(row.registeredOn!, '10:00')
			}))
		)
	);
	await inParts(registered, (part) =>
		tx.insert(pocketPlate).values(
			part.map((row) => ({
				id: demoId('pockets', 4, row.number!),
				municipality: of,
				pocket: row.id,
				kind: 'plate' as const,
				number: String(row.number!),
				issuedOn: row.registeredOn!,
				condition: row.number! % 23 === 0 ? ('faded' as const) : ('good' as const),
				returnedOn: row.endedOn && row.ending !== 'unreachable' ? row.endedOn : null
			}))
		)
	);
	const lines = all.flatMap((row) => historyOf(row));
	await inParts(lines, (part) =>
		tx.insert(pocketDeed).values(
			part.map(({ row, deed, on, facts }, n) => ({
				id: demoId('pockets', 5, lines.indexOf(part[0]!) + n + 1),
				municipality: of,
				pocket: row.id,
				deed,
				on,
				facts,
				by,
				at: instantOf(on, '10:00')
			}))
		)
	);
	await seedRounds(tx, all, today);
	await seedCounts(tx, today);
}

function historyOf(row: Row): { row: Row; deed: Deed; on: string; facts?: Record<string, string> }[] {
	return [
		{ row, deed: 'apply', on: row.appliedOn, facts: { way: row.way } },
		...(row.explainedOn ? [{ row, deed: 'explain' as const, on: row.explainedOn }] : []),
		...(row.registeredOn ? [{ row, deed: 'register' as const, on: row.registeredOn }] : []),
		...(row.state === 'paused' ? [{ row, deed: 'pause' as const, on: row.registeredOn! }] : []),
		...(row.endedOn ? [{ row, deed: 'end' as const, on: row.endedOn, facts: { ending: row.ending! } }] : [])
	];
}
