/** Two clerks at the rules of the city at once. */
import { expect, it } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { broken, now, openStore, people } from '../../../tests/store.ts';
import { policyOf, setPolicy, type Rules } from './policies.server.ts';
import { equipmentPolicy } from './tables.server.ts';

openStore();
const rules = (minMembers: number): Rules => ({ policy: { minMembers }, oneMayDoBoth: false });
let later = 0;
const save = (minMembers: number, seen: string) =>
	transaction((tx) => setPolicy(tx, people.safety, rules(minMembers), new Date(now.getTime() + ++later), seen));
const standing = () => policyOf(db, people.safety.municipality);

it('one of two who save at once is refused, and may save over what holds once it was seen', async () => {
	const before = await standing();
	const two = await Promise.allSettled([save(11, before.id), save(12, before.id)]);
	expect(two.map((one) => one.status).toSorted()).toEqual(['fulfilled', 'rejected']);
	const refused = two.findIndex((one) => one.status === 'rejected');
	expect(two[refused]).toMatchObject({ reason: { code: 'error_equipment_policy_changed' } });
	const first = await standing();
	expect(first.policy).toEqual({ minMembers: refused === 0 ? 12 : 11 });
	await save(13, first.id);
	expect((await standing()).policy).toEqual({ minMembers: 13 });
	// The one before is not what holds any more.
	await expect(save(14, first.id)).rejects.toEqual(broken('error_equipment_policy_changed'));
	await expect(save(14, '')).rejects.toEqual(broken('error_equipment_policy_changed'));
});
it('the same form sent twice is no change of somebody else’s', async () => {
	const seen = (await standing()).id;
	await save(21, seen);
	const rows = await db.$count(equipmentPolicy);
	await save(21, seen);
	expect(await db.$count(equipmentPolicy)).toBe(rows);
	expect((await standing()).policy).toEqual({ minMembers: 21 });
});
