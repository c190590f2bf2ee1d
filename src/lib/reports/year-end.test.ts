/** The turn of the fiscal year in every room that counts: no record falls into two years, none into no year, whatever the machine's zone. */
import fc from 'fast-check';
import { eq, inArray } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addDays, instantOf, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearOf, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { issuedIn } from '#lib/equipment/figures.server.ts';
import { handover } from '#lib/equipment/tables.server.ts';
import { columnsOf } from '#lib/patrols/content.server.ts';
import { byRightClock, type LogPayload } from '#lib/patrols/log.ts';
import { idsBehind, movementOf } from '#lib/pockets/figures.server.ts';
import { endings } from '#lib/pockets/pocket.ts';
import { pocket } from '#lib/pockets/tables.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { greetingSpansIn } from '#lib/watches/figures.server.ts';
import { runsOn } from '#lib/watches/season.ts';
import { campaign } from '#lib/watches/tables.server.ts';
import { otherTown, town } from '../../../tests/people.ts';
import { granted, hand, of, openStore, people, stocked } from '../../../tests/store.ts';

openStore();
const zones = ['UTC', 'Asia/Tokyo', 'America/New_York'];
const machine = process.env.TZ;
afterEach(() => {
	process.env.TZ = machine;
});

/** 1 April, 0:00 in Japan, and an instant within two days of it. */
const turns = fc
	.tuple(fc.integer({ min: 2019, max: 2060 }), fc.integer({ min: -172_800_000, max: 172_800_000 }))
	.map(([year, off]) => ({ year, off, turn: instantOf(fiscalYearStart(year)).getTime() }));
/** As a phone writes an instant, or as one that stands in New York does. */
const written = (at: number) =>
	fc.constantFrom(new Date(at).toISOString(), `${new Date(at - 18_000_000).toISOString().slice(0, -1)}-05:00`);

const log = (departedAt: string, typed: boolean): LogPayload => ({
	programme: 'greeting',
	jointly: [],
	on: jstDay(new Date(departedAt)),
	departedAt,
	finishedAt: new Date(Date.parse(departedAt) + 3_600_000).toISOString(),
	people: [],
	others: { children: 1 },
	method: 'standing',
	remarks: '',
	handOver: '',
	findings: [],
	typed
});

/** When homes were registered, counted from 1 April 2021, and how long they stayed: about the turns of years with leap days, and anywhere. */
const begin = fiscalYearStart(2021);
const turnsOfYears = [-1, 0, 1, 364, 365, 366, 729, 730, 731, 1094, 1095, 1096];
const lives = fc.sample(
	fc.tuple(
		fc.oneof(fc.constantFrom(...turnsOfYears), fc.integer({ min: 0, max: 1460 })),
		fc.option(fc.oneof(fc.constantFrom(0, 1, 364, 365, 366), fc.integer({ min: 0, max: 1000 }))),
		fc.constantFrom(...endings)
	),
	{ numRuns: 150, seed: 896 }
);
beforeAll(() =>
	transaction(async (tx) => {
		for (const [number, [begins, stays, ending]] of lives.entries()) {
			const on = addDays(begin, begins);
			await tx.insert(pocket).values({
				...{ id: newId(), municipality: otherTown.municipality, school: otherTown.school, number: number + 1 },
				...{ kind: 'home', name: '家', kana: 'いえ', town: '', address: '', addressFold: '', hours: [], way: 'host' },
				...{ appliedOn: on, explainedOn: on, registeredOn: on, changedAt: instantOf(on) },
				...(stays === null ? { state: 'registered' } : { state: 'ended', endedOn: addDays(on, stays), ending })
			});
		}
	})
);

describe.each(zones)('on a machine in %s', (zone) => {
	const set = () => {
		process.env.TZ = zone;
	};

	it('a log is of the year of the day it set out, however its instant is written and however late it ended', () => {
		set();
		const departures = turns.chain(({ year, off, turn }) => written(turn + off).map((text) => ({ year, off, text })));
		fc.assert(
			fc.property(departures, fc.boolean(), ({ year, off, text }, typed) => {
				const { fiscalYear, onDay } = columnsOf(log(text, typed));
				expect(fiscalYear).toBe(off < 0 ? year - 1 : year);
				expect([fiscalYearStart(fiscalYear) <= onDay, onDay <= fiscalYearEnd(fiscalYear)]).toEqual([true, true]);
			})
		);
	});

	it('a wrong clock is put right before the year is asked, and what somebody typed is left as it is', () => {
		set();
		fc.assert(
			fc.property(turns, fc.integer({ min: -172_800_000, max: 172_800_000 }), ({ year, off, turn }, behind) => {
				const shown = new Date(turn + off - behind).toISOString();
				expect(columnsOf(byRightClock(log(shown, false), behind)).fiscalYear).toBe(off < 0 ? year - 1 : year);
				expect(columnsOf(byRightClock(log(shown, true), behind)).fiscalYear).toBe(off - behind < 0 ? year - 1 : year);
			})
		);
	});

	it('a refuge home is new in one year, ended in at most one, and what one year ends with the next begins with', async () => {
		set();
		const { municipality } = otherTown;
		const years = [2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027, 2028];
		let end = 0;
		const seen = { added: [] as string[], ended: [] as string[] };
		for (const year of years) {
			const { town: all } = await movementOf(db, municipality, year);
			expect([year, all.start]).toEqual([year, end]);
			expect([year, all.start + all.added - all.endedAll]).toEqual([year, all.end]);
			end = all.end;
			for (const moved of ['added', 'ended'] as const)
				seen[moved].push(...(await idsBehind(db, municipality, year, { moved })));
		}
		expect(seen.added).toHaveLength(lives.length);
		expect(new Set(seen.added).size).toBe(lives.length);
		expect(new Set(seen.ended).size).toBe(seen.ended.length);
		expect(seen.ended).toHaveLength(lives.filter(([, stays]) => stays !== null).length);
	});
});

it('what is handed over counts once, in the year of its day: decided in March, signed offline, entered later', async () => {
	const days = ['2027-03-30', '2027-03-31', '2027-04-01', '2027-04-02', '2028-02-29', '2028-03-31', '2028-04-01'];
	const item = await stocked(days.length * 2);
	const before = new Map<number, number>();
	for (const year of [2026, 2027, 2028]) before.set(year, (await issuedIn(db, people.safety, year)).pieces);
	const request = await granted([of(item, days.length * 2)], undefined, instantOf('2027-03-30', '09:00'));
	const ids: string[] = [];
	for (const on of days)
		for (const at of [instantOf(on, '23:59'), instantOf('2028-04-20', '10:00')]) {
			ids.push(newId());
			await hand(request, [of(item, 1)], { id: ids.at(-1)!, on, at, beyond: 'keep' });
		}
	const rows = await db.select().from(handover).where(inArray(handover.id, ids));
	expect(rows.map(({ onDay, fiscalYear }) => [onDay, fiscalYear])).toEqual(
		rows.map(({ onDay }) => [onDay, fiscalYearOf(onDay)])
	);
	const more = async (year: number) => (await issuedIn(db, people.safety, year)).pieces - before.get(year)!;
	expect([await more(2026), await more(2027), await more(2028)]).toEqual([4, 8, 2]);
});

it('a greeting campaign lies in its own year, and a watch on its days in that year alone', async () => {
	const month = fc.integer({ min: 0, max: 11 }).map((n) => ((n + 3) % 12) + 1);
	const municipality = town.municipality;
	await fc.assert(
		fc.asyncProperty(month, month, fc.integer({ min: 2019, max: 2060 }), async (one, two, fiscalYear) => {
			const [fromMonth, toMonth] = [one, two].toSorted((a, b) => ((a + 8) % 12) - ((b + 8) % 12)) as [number, number];
			const running = { fiscalYear, fromMonth, toMonth, endedOn: null };
			const spans = await transaction(async (tx) => {
				await tx.delete(campaign).where(eq(campaign.municipality, municipality));
				await tx.insert(campaign).values({
					...{ id: newId(), municipality, name: 'あいさつ', programme: 'greeting', ...running },
					...{ by: people.safety.person, at: instantOf(fiscalYearStart(fiscalYear)) }
				});
				return greetingSpansIn(tx, municipality, fiscalYear);
			});
			expect(await greetingSpansIn(db, municipality, fiscalYear + 1)).toEqual([]);
			for (const { from, to } of spans) {
				expect([fiscalYearOf(from), fiscalYearOf(to)]).toEqual([fiscalYear, fiscalYear]);
				expect([from, to].map((day) => runsOn(running, day))).toEqual([true, true]);
				expect([addDays(from, -1), addDays(to, 1)].map((day) => runsOn(running, day))).toEqual([false, false]);
			}
			expect(spans).toHaveLength(1);
		}),
		{ numRuns: 30 }
	);
});
