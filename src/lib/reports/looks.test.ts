import { expect, test } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { openTown } from '../../../tests/open-town.ts';
import { town } from '../../../tests/people.ts';
import { guideline, typedFigures } from './koganei.ts';
import { KEEP_LOOKS_DAYS, keepLook, lastLook, removeLooks } from './looks.server.ts';
import { shownKey } from './looked.ts';
import { adopt, makePlan, removePlan } from './plans.server.ts';
import { firstPlan } from './table.server.ts';

const people = openTown('2026-11-22', ['safety', 'guidance', 'admin', 'leader']);
const now = new Date('2026-11-20T14:05:00+09:00');
const later = (days: number) => new Date(now.getTime() + days * 86_400_000);
const cells = (words: string) => ({ [shownKey('current', newId())]: words });

test('a look is of one person, one plan and one year; the next one takes its place', async () => {
	await transaction((tx) => adopt(tx, people.admin, guideline, typedFigures, now));
	const plan = (await firstPlan(db, town.municipality, 'table'))!.id;
	const keep = (actor: typeof people.safety, words: Record<string, string>, at = now, year = 2026) =>
		transaction((tx) => keepLook(tx, actor, plan, year, words, at));
	const [first, second] = [cells('202回'), cells('203回')];
	expect(await lastLook(db, people.safety, plan, 2026)).toBeUndefined();
	await keep(people.safety, first);
	await keep(people.safety, first, now, 2025);
	expect(await lastLook(db, people.safety, plan, 2026)).toEqual({ cells: first, at: now });
	expect(await lastLook(db, people.guidance, plan, 2026)).toBeUndefined();
	await keep(people.safety, second, later(2));
	expect(await lastLook(db, people.safety, plan, 2026)).toEqual({ cells: second, at: later(2) });
	expect(await lastLook(db, people.safety, plan, 2025)).toEqual({ cells: first, at: now });
	// Over a year later the older one is gone, the younger stays.
	expect(await transaction((tx) => removeLooks(tx, later(KEEP_LOOKS_DAYS + 1)))).toBe(1);
	expect(await lastLook(db, people.safety, plan, 2025)).toBeUndefined();
	expect(await lastLook(db, people.safety, plan, 2026)).toBeDefined();
});

test('who may not see the table keeps no look at it, nor at a plan of another town; a plan that goes takes its looks along', async () => {
	const plan = (await firstPlan(db, town.municipality, 'table'))!.id;
	for (const [actor, of] of [
		[people.leader, plan],
		[people.stranger, plan],
		[{ ...people.safety, municipality: people.stranger.municipality }, plan],
		[people.safety, newId()]
	] as const)
		await expect(transaction((tx) => keepLook(tx, actor, of, 2026, {}, now))).rejects.toThrow('plan');
	const empty = newId();
	await transaction((tx) => makePlan(tx, people.admin, { id: empty, name: '空の計画', kind: 'table' }));
	await transaction((tx) => keepLook(tx, people.safety, empty, 2026, {}, now));
	await transaction((tx) => removePlan(tx, people.admin, empty));
	expect(await lastLook(db, people.safety, empty, 2026)).toBeUndefined();
});
