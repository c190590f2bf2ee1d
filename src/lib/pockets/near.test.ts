import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, town } from '../../../tests/people.ts';
import { seedPeople } from '../../demo/people.ts';
import { seedPockets } from '../../demo/pockets.ts';
import { seenBy, type Audience } from './audience.ts';
import { seenAround } from './near.server.ts';
import { districtsOf, knownIn } from './views.server.ts';

const today = '2026-11-22';
const box = { south: 35, north: 36, west: 139, east: 140 };
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await seedPockets(tx, today);
	});
}, 60_000);
afterAll(() => close());

/** What should be seen, worked out of all there are. */
async function expected(actor: Actor, publicOnly: boolean) {
	const schools = actor.grants.flatMap((one) => one.school ?? []);
	const walked = await districtsOf(
		db,
		actor.grants.flatMap((one) => one.association ?? [])
	);
	const office = actor.grants.some(({ role }) => role === 'guidance');
	const audienceIn = (school: string): Audience => {
		if (publicOnly) return 'public';
		if (office) return 'office';
		return schools.includes(school) ? 'school' : walked.includes(school) ? 'district' : 'public';
	};
	const all = await knownIn(db, town.municipality);
	return {
		hidden: all.length,
		seen: all.flatMap((one) => seenBy(audienceIn(one.school), one) ?? []),
		named: all.flatMap((one) => seenBy('public', one)?.name ?? [])
	};
}
const inOrder = <T extends { number: number }>(those: T[]) => those.toSorted((a, b) => a.number - b.number);

test('in a box is seen what the own map and the public one show of it, whatever is left unread', async () => {
	for (const login of ['volunteer', 'leader', 'school', 'safety', 'guidance'] as const)
		for (const publicOnly of [false, true]) {
			const who = `${login}${publicOnly ? ', for a paper' : ''}`;
			const actor = await transaction((tx) => actorFor(tx, login, today));
			const found = await seenAround(db, actor, box, publicOnly);
			const wanted = await expected(actor, publicOnly);
			expect(inOrder(found.seen), who).toEqual(inOrder(wanted.seen));
			expect(found.signs.map(({ name }) => name).toSorted(), who).toEqual(wanted.named.toSorted());
			// The invented town has hosts of every kind: else this says nothing.
			expect(wanted.seen.length, who).toBeGreaterThan(100);
			if (login !== 'guidance' || publicOnly) expect(wanted.seen.length, who).toBeLessThan(wanted.hidden);
		}
});
