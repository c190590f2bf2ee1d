/** A child ran in: reported by phone or desk, worked on by the guidance office alone, forgotten in time. */
import Database from 'better-sqlite3';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { municipality } from '#lib/people/tables.server.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { trail } from '#lib/server/db/trail.ts';
import { NotFound } from '#lib/server/errors.ts';
import type { Body, Op } from '#lib/sync/protocol.ts';
import { answerSchema, thaw } from '#lib/sync/protocol.ts';
import { receive } from '#lib/sync/receive.server.ts';
import { removeSettled } from '#lib/sync/retention.server.ts';
import { syncPayload } from '#lib/sync/tables.server.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherLeader, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { phone } from '../../../tests/phone.ts';
import { runInPayload, type RunInPayload } from './runIn.ts';
import { runInContent } from './runInContent.server.ts';
import { runInNoticesOf, unreadRunInNotices } from './runInNotices.server.ts';
import { openRunIns, runInPage, runInsOf } from './runInReads.server.ts';
import { registerRunIns } from './runInReceive.server.ts';
import { emptyRunIns } from './runInRetention.server.ts';
import { addContact, closeRunIn, findRunIn, handChildOver, reportRunIn } from './runIns.server.ts';
import { runIn, runInContact } from './tables.server.ts';

const now = instantOf('2026-11-22', '16:00');
const secret = 'ひみつのことば𠮷';
const told: RunInPayload = {
	on: '2026-11-22',
	time: '15:40',
	where: `${secret}の角`,
	happened: ['followed', 'grabbed'],
	suspect: ['man', 'car'],
	description: `${secret}の上着`,
	grade: 'lower',
	children: 2,
	words: `${secret}と言われた`,
	called: [{ kind: 'police', on: '2026-11-22', time: '15:42' }]
};
const honcho: Body = { type: 'association', id: town.associations.honcho };

let clerk: Actor;
let walker: Actor;
let leader: Actor;
let safety: Actor;
let stranger: Actor;
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	registerRunIns();
	await transaction(async (tx) => {
		await seedPeople(tx, '2026-11-22');
		await secondTown(tx, '2026-11-22');
	});
	[clerk, walker, leader, safety] = (await Promise.all(
		(['guidance', 'volunteer', 'leader', 'safety'] as const).map((who) => actorFor(db, who, '2026-11-22'))
	)) as [Actor, Actor, Actor, Actor];
	stranger = await otherLeader(db, '2026-11-22');
}, 60_000);
afterAll(() => close());

const report = async (more: Partial<RunInPayload> = {}, at = now): Promise<string> => {
	const id = newId();
	expect(await transaction((tx) => reportRunIn(tx, walker, id, 'volunteer', { ...told, ...more }, at))).toBe(true);
	return id;
};
const refused = (work: (tx: Parameters<Parameters<typeof transaction>[0]>[0]) => Promise<unknown>) =>
	expect(transaction(work)).rejects;

describe('reported', () => {
	it('is one however often it comes, and tells each clerk once, without a word of it', async () => {
		const before = await unreadRunInNotices(db, clerk, now);
		const id = await report();
		expect(await transaction((tx) => reportRunIn(tx, walker, id, 'volunteer', told, now))).toBe(false);
		expect(await db.$count(runIn, eq(runIn.id, id))).toBe(1);
		expect(await db.$count(runInContact, eq(runInContact.runIn, id))).toBe(1);
		expect(await unreadRunInNotices(db, clerk, now)).toBe(before + 1);
		const [notice] = await runInNoticesOf(db, clerk, now);
		expect(notice).toMatchObject({ runIn: id });
		const content = await runInContent(clerk, notice!.id, now);
		expect(content?.path).toBe(`/pockets/run-ins/${id}`);
		expect(JSON.stringify(content)).not.toContain(secret);
		// Whoever is no clerk is told nothing, even with the id in hand.
		expect(await runInContent(safety, notice!.id, now)).toBeUndefined();
		expect(await runInNoticesOf(db, safety, now)).toEqual([]);
	});
	it('at a home of another town it is written down without the home', async () => {
		const id = await report({ pocket: newId() });
		expect((await findRunIn(db, clerk, id)).pocket).toBeNull();
	});
});

describe('seen', () => {
	it('by the guidance office alone: for all others it does not exist', async () => {
		const id = await report();
		for (const actor of [walker, leader, safety, stranger, { ...clerk, municipality: stranger.municipality }]) {
			await refused((tx) => runInPage(tx, actor, id)).toThrow(NotFound);
			await refused((tx) => closeRunIn(tx, actor, id, null, now)).toThrow(NotFound);
			await refused((tx) => handChildOver(tx, actor, id, { to: 'school', at: now }, now)).toThrow(NotFound);
			const call = { id: newId(), kind: 'school', at: now } as const;
			await refused((tx) => addContact(tx, actor, id, call, now)).toThrow(NotFound);
		}
		await refused((tx) => runInsOf(tx, safety)).toThrow(NotFound);
		expect(await openRunIns(db, safety)).toBe(0);
		expect(await transaction((tx) => runInsOf(tx, { ...clerk, municipality: stranger.municipality }))).toEqual([]);
	});
	it('each look leaves a line, and no line holds a word of it', async () => {
		const id = await report();
		const page = await transaction((tx) => runInPage(tx, clerk, id));
		expect(page).toMatchObject({ words: told.words, calls: [{ kind: 'police' }], by: walker.name });
		await transaction((tx) => runInsOf(tx, clerk));
		const lines = await db.select().from(trail);
		expect(lines.filter((one) => one.thing === id).map((one) => one.deed)).toEqual(['runIn.report', 'runIn.look']);
		expect(lines.some((one) => one.deed === 'runIn.look' && one.thing === 'list')).toBe(true);
		expect(JSON.stringify(lines)).not.toContain(secret);
	});
	it('open ones first, the newest on top', async () => {
		const late = await report({ time: '15:59' });
		const early = await report({ time: '08:00' });
		await transaction((tx) => closeRunIn(tx, clerk, late, '', now));
		const ids = (await transaction((tx) => runInsOf(tx, clerk))).map((one) => one.id);
		expect(ids.indexOf(early)).toBeLessThan(ids.indexOf(late));
	});
});

describe('worked on', () => {
	it('calls, the hand-over and the review are kept; closed, nothing is added and nobody is called to it', async () => {
		const id = await report();
		const call = { id: newId(), kind: 'school', at: now } as const;
		await transaction((tx) => addContact(tx, clerk, id, call, now));
		await transaction((tx) => addContact(tx, clerk, id, call, now));
		const ahead = { ...call, id: newId(), at: new Date(now.getTime() + 60_000) };
		await refused((tx) => addContact(tx, clerk, id, ahead, now)).toThrow('error_runin_ahead');
		// The id of a call of one record is of no use on another.
		const other = await report();
		await refused((tx) => addContact(tx, clerk, other, call, now)).toThrow(NotFound);
		await transaction((tx) => handChildOver(tx, clerk, id, { to: 'guardian', at: now }, now));
		await transaction((tx) => closeRunIn(tx, clerk, id, '通学路に立つ人を増やす', now));
		const page = await transaction((tx) => runInPage(tx, clerk, id));
		expect(page.calls.map((one) => one.kind)).toEqual(['police', 'school']);
		expect(page).toMatchObject({ handedTo: 'guardian', review: '通学路に立つ人を増やす', closedBy: clerk.name });
		await refused((tx) => closeRunIn(tx, clerk, id, null, now)).toThrow('error_runin_closed');
		expect((await runInNoticesOf(db, clerk, now)).some((one) => one.runIn === id)).toBe(false);
	});
	it('what was told cannot be changed or deleted, by whatever way', async () => {
		const id = await report();
		const { writer } = connections();
		const run = (sql: string) => () => writer.prepare(sql).run(id);
		expect(run(`UPDATE run_in SET words = 'x' WHERE id = ?`)).toThrow('guard');
		expect(run(`UPDATE run_in SET words = NULL WHERE id = ?`)).toThrow('guard');
		expect(run(`DELETE FROM run_in WHERE id = ?`)).toThrow('guard');
		expect(run(`DELETE FROM run_in_contact WHERE runIn = ?`)).toThrow('guard');
		expect(run(`UPDATE run_in_contact SET at = 1 WHERE runIn = ?`)).toThrow('guard');
		expect(run(`UPDATE run_in SET emptiedAt = 1 WHERE id = ?`)).toThrow('guard');
	});
});

/** Every table of the file, as text. */
function everything(): string {
	const file = new Database(connections().writer.name, { readonly: true });
	const tables = file.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).pluck().all() as string[];
	const text = tables.map((table) => JSON.stringify(file.prepare(`SELECT * FROM "${table}"`).all())).join('\n');
	file.close();
	return text;
}

describe('from a phone', () => {
	const from = (at = now) => phone(walker.person, honcho, at);
	const send = async (ops: Op[], of: ReturnType<typeof from>, at = now) => {
		const answer = await receive(walker, of.push(ops), at, (code) => code);
		if (typeof answer === 'string') throw new Error(answer);
		return answerSchema.parse(answer).results.map((one) => ('outcome' in one ? `${one.s} ${one.outcome.is}` : one.s));
	};
	it('arrives once, and what was sent is not kept beside the record', async () => {
		const mine = from();
		const op = await mine.op({ kind: 'pocket.runIn', payload: { ...told } });
		expect(await send([op], mine)).toEqual(['stored accepted']);
		expect(await send([op, op], mine)).toEqual(['duplicate accepted', 'duplicate accepted']);
		const { id } = thaw(op.bytes)!;
		expect(await transaction((tx) => runInPage(tx, clerk, id))).toMatchObject({
			reporter: 'volunteer',
			grade: 'lower'
		});
		expect(await removeSettled('pocket.runIn')).toBe(1);
		expect(await db.$count(syncPayload)).toBe(0);
		// Its receipt stands all the same.
		expect(await send([op], mine)).toEqual(['duplicate accepted']);
		expect(await db.$count(runIn, eq(runIn.id, id))).toBe(1);
	});
	it('deleted there after it had arrived, it stays with the office', async () => {
		const mine = from();
		const op = await mine.op({ kind: 'pocket.runIn', payload: { ...told } });
		await send([op], mine);
		const { id } = thaw(op.bytes)!;
		expect(await send([await mine.op({ kind: 'void', base: id, payload: { seq: 1 } })], mine)).toEqual([
			'stored rejected'
		]);
		expect((await findRunIn(db, clerk, id)).words).toBe(told.words);
	});
	it('a name of a child has no place in it', () => {
		expect(runInPayload.safeParse({ ...told, name: '太郎' }).success).toBe(false);
		expect(runInPayload.safeParse({ ...told, happened: [] }).success).toBe(false);
		expect(runInPayload.safeParse(told).success).toBe(true);
	});
});

// Last: it empties everything above.
describe('forgotten', () => {
	it('after the days of the town’s setting the content is gone from every table, and the number stays', async () => {
		const count = await db.$count(runIn);
		const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
		expect(await emptyRunIns(later(364))).toEqual({ runIns: 0 });
		const [here] = await db.select().from(municipality).where(eq(municipality.id, town.municipality));
		const settings = { ...here!.settings, runInDays: 30 };
		await transaction((tx) => tx.update(municipality).set({ settings }).where(eq(municipality.id, town.municipality)));
		await removeSettled('pocket.runIn');
		expect(everything()).toContain(secret);
		expect(await emptyRunIns(later(31))).toEqual({ runIns: count });
		expect(everything()).not.toContain(secret);
		expect(await db.$count(runIn)).toBe(count);
		expect(await db.$count(runInContact)).toBe(0);
		expect(await emptyRunIns(later(31))).toEqual({ runIns: 0 });
		const [one] = await transaction((tx) => runInsOf(tx, clerk));
		await refused((tx) => closeRunIn(tx, clerk, one!.id, 'x', now)).toThrow('error_runin_closed');
	});
});
