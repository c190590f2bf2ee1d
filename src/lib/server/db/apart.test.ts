import { count, eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { freshDatabase } from '../../../../tests/database.ts';
import { jobRun } from '../tables.server.ts';
import { endApart, readApart } from './apart.ts';
import { newId } from './ids.ts';
import { transaction, type Reader } from './index.ts';

let close: () => void;
beforeEach(() => void ({ close } = freshDatabase()));
afterEach(async () => {
	await endApart();
	close();
});

const at = new Date('2026-11-22T10:00:00+09:00');
const add = (job: string) =>
	transaction(async (tx) => {
		await tx.insert(jobRun).values({ id: newId(), job, at, ms: 1, done: true, counts: { n: 1 } });
	});
const rows = async (tx: Reader) => (await tx.select({ n: count() }).from(jobRun))[0]!.n;

it('sees what was committed a moment ago, typed as every other reader types it', async () => {
	expect(await readApart(rows)).toBe(0);
	await add('a');
	const found = await readApart((tx) => tx.select().from(jobRun).where(eq(jobRun.done, true)));
	expect(found).toEqual([{ id: found[0]!.id, job: 'a', at, ms: 1, done: true, counts: { n: 1 } }]);
});

it('reads of one moment: what comes in between two questions is not seen before the next read', async () => {
	const seen = await readApart(async (tx) => {
		const before = await rows(tx);
		await add('b');
		return [before, await rows(tx)];
	});
	expect(seen).toEqual([0, 0]);
	expect(await readApart(rows)).toBe(1);
});

it('lets this thread go on while it reads', async () => {
	let turns = 0;
	const beat = setInterval(() => turns++, 1);
	const endless = sql`(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000000) SELECT max(i) FROM n)`;
	const [found] = await readApart((tx) => tx.select({ most: sql<number>`${endless}` }).from(sql`(SELECT 1)`));
	clearInterval(beat);
	expect(found).toEqual({ most: 2_000_000 });
	expect(turns).toBeGreaterThan(5);
});

it('refuses to write, says what was wrong, and goes on with the next', async () => {
	await expect(readApart(async (tx) => tx.all(sql`DELETE FROM job_run RETURNING id`))).rejects.toThrow();
	await expect(readApart(async (tx) => tx.all(sql`SELECT nothing FROM nowhere`))).rejects.toThrow();
	await expect(readApart(() => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
	expect(await readApart(rows)).toBe(0);
});

it('does not nest: a read within a read would wait for itself', async () => {
	await expect(readApart(() => readApart(rows))).rejects.toThrow('nest');
});

it('begins anew after it was ended', async () => {
	expect(await readApart(rows)).toBe(0);
	await endApart();
	await add('c');
	expect(await readApart(rows)).toBe(1);
});
