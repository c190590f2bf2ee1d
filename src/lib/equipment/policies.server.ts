/** The city's rules as a setting: read, and changed by writing a new row. */
import { isDeepStrictEqual } from 'node:util';
import { desc, eq } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { Policy } from './policy.ts';
import { equipmentPolicy } from './tables.server.ts';

export type Rules = { policy: Policy; oneMayDoBoth: boolean };
/** The rules with the row they are read from; empty where the city has set nothing yet. */
export type Standing = Rules & { id: string };

/** What holds today. A city that has set nothing has no rule, and four eyes. */
export async function policyOf(tx: Reader, municipality: string): Promise<Standing> {
	const [found] = await tx
		.select({ id: equipmentPolicy.id, policy: equipmentPolicy.policy, oneMayDoBoth: equipmentPolicy.oneMayDoBoth })
		.from(equipmentPolicy)
		.where(eq(equipmentPolicy.municipality, municipality))
		.orderBy(desc(equipmentPolicy.at), desc(equipmentPolicy.id))
		.limit(1);
	return found ?? { id: '', policy: {}, oneMayDoBoth: false };
}

/**
 * From now on these rules hold. What was decided before stays as it was. `seen` is the row the writer had before them: where a
 * colleague has saved other rules meanwhile, nothing is written over unseen. The same rules once more are no change.
 */
export async function setPolicy(tx: Tx, actor: Actor, rules: Rules, now: Date, seen?: string): Promise<void> {
	if (!can(actor, 'policy.edit', {})) throw new NotFound('policy');
	const { policy, oneMayDoBoth } = rules;
	if (seen !== undefined) {
		const standing = await policyOf(tx, actor.municipality);
		if (isDeepStrictEqual(standing, { id: standing.id, policy, oneMayDoBoth })) return;
		if (standing.id !== seen) throw new RuleBroken('error_equipment_policy_changed');
	}
	const id = newId(now.getTime());
	await tx
		.insert(equipmentPolicy)
		.values({ id, municipality: actor.municipality, policy, oneMayDoBoth, by: actor.person, at: now });
	await record(tx, actor, 'equipment.setPolicy', 'equipmentPolicy', id);
}
