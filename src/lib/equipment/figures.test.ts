import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { fiscalYearAt, fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { jstDay } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { actorFor, otherLeader, town } from '../../../tests/people.ts';
import { granted, hand, now, of, openStore, people, stocked, today } from '../../../tests/store.ts';
import { handedIn, issuedIn, issuedToBodies } from './figures.server.ts';
import { takeBack, undoHandover } from './handovers.server.ts';
import { changeItem } from './items.server.ts';

openStore();
const year = fiscalYearOf(today);
const figure = () => issuedIn(db, people.safety, year);
/** What changed since, so that each test stands alone whatever ran before it. */
async function since(before: { bodies: number; pieces: number }) {
	const { pieces } = await figure();
	return pieces - before.pieces;
}

describe('the figure of equipment issued', () => {
	it('counts a body once and every piece, and its rows are as many', async () => {
		const before = await figure();
		const item = await stocked(20);
		for (const pieces of [3, 4]) await hand(await granted([of(item, pieces)]), [of(item, pieces)]);
		const parts = await granted([of(item, 5)]);
		await hand(parts, [of(item, 2)]);
		expect(await since(before)).toBe(9);
		expect((await figure()).bodies).toBe(1);
		await hand(parts, [of(item, 3)]);
		expect(await since(before)).toBe(12);
		const rows = await handedIn(db, people.safety, year, 'issued');
		expect(rows.reduce((sum, row) => sum + row.pieces, 0)).toBe((await figure()).pieces);
		expect(rows.filter((row) => row.request === parts).map((row) => row.pieces)).toEqual([2, 3]);
		expect(await issuedToBodies(db, people.safety, year)).toEqual([
			{ association: town.associations.honcho, name: '本町北町会', pieces: (await figure()).pieces }
		]);
	});
	it('leaves out what is reserved only, lent, unclear or undone', async () => {
		const before = await figure();
		const [item, lent] = [await stocked(9), await stocked(9, 'loan')];
		await granted([of(item, 2)]);
		const mixed = await granted([of(item, 2), of(lent, 1)]);
		await hand(mixed, [of(lent, 1)]);
		await hand(await granted([of(item, 1)]), [of(item, 2)], { beyond: 'keep' });
		expect(await since(before)).toBe(0);
		const id = newId();
		await hand(mixed, [of(item, 2)], { id });
		expect(await since(before)).toBe(2);
		await transaction((tx) => undoHandover(tx, people.safety, id, '別の団体に渡した', now));
		expect(await since(before)).toBe(0);
		expect((await handedIn(db, people.safety, year, 'lent')).map((row) => row.request)).toEqual([mixed]);
		await hand(mixed, [of(item, 1)]);
		expect(await since(before)).toBe(1);
	});
	it('stays when pieces come back, and when the item is lent from now on', async () => {
		const before = await figure();
		const flag = await stocked(4);
		const id = newId();
		await hand(await granted([of(flag, 4)]), [of(flag, 4)], { id });
		const back = {
			kind: 'returned',
			...{ id: newId(), handover: id, item: flag, size: '', pieces: 3, on: today, reason: '返納' }
		} as const;
		await transaction((tx) => takeBack(tx, people.safety, back, now));
		await transaction((tx) =>
			changeItem(tx, people.safety, flag, { name: '貸す旗', unit: '枚', mode: 'loan', sizes: [], reorderAt: null })
		);
		expect(await since(before)).toBe(4);
	});
	it('is of the year in which it was handed over, whenever it was decided', async () => {
		const item = await stocked(5);
		const id = await granted([of(item, 5)], [of(item, 5)], new Date('2027-03-30T01:00:00Z'));
		// 31 March, 23:59 in Japan, and a minute later.
		const [last, first] = [new Date('2027-03-31T14:59:00Z'), new Date('2027-03-31T15:00:00Z')];
		const [before, next] = [await figure(), await issuedIn(db, people.safety, year + 1)];
		await hand(id, [of(item, 2)], { on: jstDay(last), at: last });
		await hand(id, [of(item, 3)], { on: jstDay(first), at: first });
		expect(await since(before)).toBe(2);
		expect((await issuedIn(db, people.safety, year + 1)).pieces - next.pieces).toBe(3);
		const rows = await handedIn(db, people.safety, year + 1, 'issued');
		expect(rows.map((row) => [row.onDay, row.pieces])).toEqual([['2027-04-01', 3]]);
	});
});

it('a year ends at midnight in Japan wherever the server stands', () => {
	const instants = ['2027-03-31T14:59:59Z', '2027-03-31T15:00:00Z'];
	expect(instants.map((at) => fiscalYearAt(new Date(at)))).toEqual([2026, 2027]);
	const script = `import('./src/lib/calendar/fiscal-year.ts').then(({ fiscalYearAt }) =>
		console.log(${JSON.stringify(instants)}.map((at) => fiscalYearAt(new Date(at))).join()))`;
	for (const zone of ['UTC', 'Asia/Tokyo', 'America/New_York']) {
		const said = execFileSync('node', ['--no-warnings', '-e', script], { env: { ...process.env, TZ: zone } });
		expect([zone, String(said).trim()]).toEqual([zone, '2026,2027']);
	}
});

describe('who sees it', () => {
	const seen = async (actor: Actor) => ({
		figure: await issuedIn(db, actor, year),
		rows: (await handedIn(db, actor, year, 'issued')).length
	});
	it('staff all of the town, a leader the own body, a volunteer and the next town nothing', async () => {
		const all = await seen(people.safety);
		expect(all.rows).toBeGreaterThan(0);
		expect(await seen(people.guidance)).toEqual(all);
		// Every body of these rows is the leader's own.
		expect(await seen(people.leader)).toEqual(all);
		const nothing = { figure: { bodies: 0, pieces: 0 }, rows: 0 };
		expect(await seen(people.volunteer)).toEqual(nothing);
		expect(await seen(await otherLeader(db, today))).toEqual(nothing);
		const elsewhere = {
			...people.leader,
			grants: [{ role: 'leader', association: town.associations.midori }]
		} as const;
		expect(await seen(elsewhere)).toEqual(nothing);
	});
	it('requests open to those who may see them; a past leader sees the old year up to its end', async () => {
		const opens = async (actor: Actor) =>
			[...new Set((await handedIn(db, actor, year, 'issued')).map((row) => row.opens))].join();
		expect([await opens(people.safety), await opens(people.leader), await opens(people.guidance)]).toEqual([
			'true',
			'true',
			'false'
		]);
		const past = (upTo: string): Actor => ({
			...people.leader,
			grants: [{ role: 'pastLeader', association: town.associations.honcho, untilOn: '2027-05-31', upTo }]
		});
		expect((await seen(past('2027-03-31'))).figure).toEqual(await figure());
		expect((await issuedIn(db, past('2027-03-31'), year + 1)).pieces).toBe(0);
		expect((await seen(past('2026-03-31'))).rows).toBe(0);
		expect(await opens(past('2027-03-31'))).toBe('false');
		expect((await seen(await actorFor(db, 'school', today))).rows).toBe(0);
	});
});
