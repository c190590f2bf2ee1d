/** The sheet of a body, against a year counted by hand. */
import { and, eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { answerFinding } from '#lib/patrols/findings.server.ts';
import { finding } from '#lib/patrols/tables.server.ts';
import type { Actor, Held } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { ids, now, people, today, without } from '../../../tests/hand-counted.ts';
import { otherTown, town } from '../../../tests/people.ts';
import { seedEquipment } from '../../demo/equipment.ts';
import { bodySheet } from './bodySheet.server.ts';

const { honcho, midori } = town.associations;
beforeAll(() => transaction((tx) => seedEquipment(tx, today)));

const sheet = (who: Actor = people.leader, body: string = honcho, year = 2024) => bodySheet(db, who, body, year, now);
const notThere = expect.objectContaining({ name: 'NotFound' });

describe('the sheet of a body', () => {
	it('adds up what was walked, as counted by hand', async () => {
		const { lines, total, months, greetingDays } = await sheet();
		expect(lines).toEqual([
			{ programme: 'volunteerPatrol', runs: 2, personTimes: 3, people: 2, metres: 3000 },
			{ programme: 'greeting', runs: 2, personTimes: 3, people: 2, metres: 0 },
			{ programme: 'joint', runs: 1, personTimes: 8, people: 1, metres: 1500 }
		]);
		expect(total).toEqual({ runs: 5, personTimes: 14, people: 3, metres: 4500 });
		expect(months.map(({ runs }) => runs)).toEqual([1, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 1]);
		expect(greetingDays).toBe(1);
	});

	it('tells what was received, with its day, and what was noticed, with the answer', async () => {
		const { handed, findings } = await sheet();
		expect(handed.map(({ onDay, item, pieces, way }) => [onDay, item, pieces, way])).toEqual([
			['2024-06-26', 'パトロール用ベスト', 4, 'issued'],
			['2024-06-26', '腕章', 2, 'issued']
		]);
		expect(findings).toEqual([
			{ kind: 'dumping', states: [{ state: 'received', count: 1 }] },
			{ kind: 'streetLamp', states: [{ state: 'received', count: 1 }] }
		]);
		const [lamp] = await db
			.select()
			.from(finding)
			.where(and(eq(finding.log, ids.patrol), eq(finding.kind, 'streetLamp')));
		const done = { step: 'done', section: '', words: '直しました', seen: 0 } as const;
		await transaction((tx) => answerFinding(tx, people.safety, lamp!.id, done, now));
		expect((await sheet()).findings).toContainEqual({ kind: 'streetLamp', states: [{ state: 'done', count: 1 }] });
	});

	it('a row taken away moves each of them', async () => {
		const off = (statement: string) => without(statement, (tx) => bodySheet(tx, people.leader, honcho, 2024, now));
		const version = `(SELECT id FROM log_version WHERE log = '${ids.patrol}')`;
		const unconfirmed = await off(`DELETE FROM log_confirmation WHERE version = ${version}`);
		expect(unconfirmed.lines[0]).toMatchObject({ runs: 1, personTimes: 1, people: 1, metres: 1500 });
		expect(unconfirmed.months[0]!.runs).toBe(0);
		const alone = await off(`DELETE FROM log_person WHERE version = ${version} AND person = '${town.people.tanaka}'`);
		expect([alone.lines[0]!.people, alone.total.people]).toEqual([1, 2]);
		const apart = await off(`DELETE FROM log_association WHERE association = '${honcho}' AND version IN
			(SELECT id FROM log_version WHERE log = '${ids.joint}')`);
		expect(apart.lines.map(({ programme }) => programme)).toEqual(['volunteerPatrol', 'greeting']);
		const greeted = await off(`DELETE FROM log_confirmation WHERE version IN
			(SELECT id FROM log_version WHERE programme = 'greeting')`);
		expect(greeted.greetingDays).toBe(0);
		const handed = await off(`DELETE FROM stock_movement WHERE pieces = -2 AND handover IN (SELECT h.id FROM handover h
			JOIN request r ON r.id = h.request WHERE r.association = '${honcho}' AND h.fiscalYear = 2024)`);
		expect(handed.handed.map(({ item }) => item)).toEqual(['パトロール用ベスト']);
		const noticed = await off(`DELETE FROM finding WHERE kind = 'dumping'`);
		expect(noticed.findings.map(({ kind }) => kind)).toEqual(['streetLamp']);
	});

	it('a month to come has no figure, one that has gone by has nought', async () => {
		const { months } = await sheet(people.leader, honcho, 2026);
		expect(months.map(({ runs }) => runs)).toEqual([
			...Array<number>(8).fill(0),
			...Array<undefined>(4).fill(undefined)
		]);
	});

	it('is there for the own leader and the office; another body, town or role finds nothing', async () => {
		for (const who of [people.leader, people.safety, people.approver, people.admin])
			expect((await sheet(who)).total.runs).toBe(5);
		for (const who of [people.midoriLeader, people.volunteer, people.guidance, people.stranger])
			await expect(sheet(who)).rejects.toEqual(notThere);
		await expect(sheet(people.leader, midori)).rejects.toEqual(notThere);
		for (const who of [people.leader, people.safety])
			await expect(sheet(who, otherTown.association)).rejects.toEqual(notThere);
		expect((await sheet(people.midoriLeader, midori)).lines).toMatchObject([{ programme: 'joint', runs: 1 }]);
		// The number of refuge homes is for those who may see it alone.
		expect((await sheet()).pockets).toBeUndefined();
		expect((await sheet(people.safety)).pockets).toEqual([]);
	});

	it('of the year that ended also the leader before, and of no later one', async () => {
		const past = {
			...people.leader,
			grants: [{ role: 'pastLeader' as Held, association: honcho, upTo: '2025-03-31' }]
		};
		expect((await sheet(past)).total.runs).toBe(5);
		await expect(sheet(past, honcho, 2025)).rejects.toEqual(notThere);
	});
});
