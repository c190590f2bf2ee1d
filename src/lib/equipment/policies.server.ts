/** The city's rules as a setting: read, and changed by writing a new row. */
import { desc, eq } from 'drizzle-orm';
import { can, type Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound } from '#lib/server/errors.ts';
import type { Policy } from './policy.ts';
import { equipmentPolicy } from './tables.server.ts';

export type Rules = { policy: Policy; oneMayDoBoth: boolean };

/** What holds today. A city that has set nothing has no rule, and four eyes. */
export async function policyOf(tx: Reader, municipality: string): Promise<Rules> {
	const [found] = await tx
		.select({ policy: equipmentPolicy.policy, oneMayDoBoth: equipmentPolicy.oneMayDoBoth })
		.from(equipmentPolicy)
		.where(eq(equipmentPolicy.municipality, municipality))
		.orderBy(desc(equipmentPolicy.at), desc(equipmentPolicy.id))
		.limit(1);
	return found ?? { policy: {}, oneMayDoBoth: false };
}

/** From now on these rules hold. What was decided before stays as it was. */
export async function setPolicy(tx: Tx, actor: Actor, rules: Rules, now: Date): Promise<void> {
	if (!can(actor, 'policy.edit', {})) throw new NotFound('policy');
	const id = newId(now.getTime());
	await tx
		.insert(equipmentPolicy)
		.values({ id, municipality: actor.municipality, ...rules, by: actor.person, at: now });
	await record(tx, actor, 'equipment.setPolicy', 'equipmentPolicy', id);
}
