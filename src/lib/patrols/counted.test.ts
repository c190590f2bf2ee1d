import { count, sum } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { connections, db, transaction, type Reader } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople } from '../../../tests/people.ts';
import { rowsBehind } from './behind.server.ts';
import { counted } from './counted.server.ts';

const today = '2026-11-22';
let close: () => void;
let safety: Actor;

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, today));
	safety = await actorFor(db, 'safety', today);
});
afterAll(() => close());

/** How SQLite goes about what a read asks. */
async function plansOf(read: (tx: Reader) => Promise<unknown>): Promise<string[]> {
	const { reader } = connections();
	const steps: string[] = [];
	const logQuery = (query: string, params: unknown[]) =>
		steps.push(
			...(reader.prepare(`EXPLAIN QUERY PLAN ${query}`).all(...params) as { detail: string }[]).map((row) => row.detail)
		);
	await read(drizzle({ client: reader, logger: { logQuery } }));
	return steps;
}

it('a year is added up from indexes alone: no row of a million is looked at', async () => {
	const steps = await plansOf(async (tx) => {
		const from = counted(tx, safety, 2024);
		const figures = { runs: count(), people: sum(from.headcount), metres: sum(from.metres), said: sum(from.announced) };
		await tx.with(from).select(figures).from(from).groupBy(from.programme);
	});
	expect(steps[0]).toBe(
		'SEARCH log_version USING COVERING INDEX log_version_by_year (municipality=? AND fiscalYear=?)'
	);
	const searches = steps.filter((step) => step.startsWith('SEARCH'));
	expect(searches.length).toBeGreaterThan(2);
	for (const step of searches) expect(step).toContain('USING COVERING INDEX');
	expect(steps.filter((step) => step.includes('TEMP B-TREE') || /^SCAN log_version\b/.test(step))).toEqual([]);
});

it('the rows behind a number come in the order of the index: nothing is sorted', async () => {
	const after = { departedAt: new Date(`${today}T10:00:00+09:00`), log: '0' };
	const steps = await plansOf((tx) => rowsBehind(tx, safety, 2024, { programmes: ['cityCar', 'nagara'] }, after));
	const walked = steps.filter((step) => step.startsWith('SEARCH log_version USING'));
	expect(walked).toHaveLength(2);
	for (const step of walked)
		expect(step).toMatch(/log_version_by_year \(municipality=\? AND fiscalYear=\? AND programme=\?/);
	expect(steps.filter((step) => step.includes('TEMP B-TREE'))).toEqual([]);
});
