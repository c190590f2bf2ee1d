/** The first setup of a real installation, by a link that stands in the terminal. Never a way in once there is an administrator. */
import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { addAccount } from './accounts.server.ts';
import { firstSettings } from './municipality.ts';
import type { Actor } from './permissions.ts';
import { hashed } from './sessions.server.ts';
import { addSection } from './settings.server.ts';
import { lastDay } from './staff.ts';
import type { SetupInput } from './setup.ts';
import { municipality, person, roleGrant, setupLink } from './tables.server.ts';

/** Was there ever an administrator? One whose year is over counts: the setup must not open again by itself on 1 April. */
export async function administratorExists(db: Reader): Promise<boolean> {
	const [found] = await db.select({ id: roleGrant.id }).from(roleGrant).where(eq(roleGrant.role, 'admin')).limit(1);
	return found !== undefined;
}

/** The token of a fresh setup link, or undefined when there is an administrator. Links printed before die. */
export async function setupToken(tx: Tx, now = new Date()): Promise<string | undefined> {
	if (await administratorExists(tx)) return undefined;
	await tx.delete(setupLink).where(isNull(setupLink.usedAt));
	const token = randomBytes(24).toString('base64url');
	await tx.insert(setupLink).values({ id: hashed(token), createdAt: now });
	return token;
}

/** May this link be used? */
export async function isSetupToken(db: Reader, token: string): Promise<boolean> {
	const [found] = await db
		.select({ id: setupLink.id })
		.from(setupLink)
		.where(and(eq(setupLink.id, hashed(token)), isNull(setupLink.usedAt)));
	return found !== undefined && !(await administratorExists(db));
}

/** Makes the municipality and its first administrator, once. `hash` is of the password, made before the transaction. */
export async function setUp(tx: Tx, input: Omit<SetupInput, 'password'>, hash: string, now: Date): Promise<Actor> {
	if (await administratorExists(tx)) throw new RuleBroken('error_link_over');
	const used = await tx
		.update(setupLink)
		.set({ usedAt: now })
		.where(and(eq(setupLink.id, hashed(input.token)), isNull(setupLink.usedAt)))
		.returning({ id: setupLink.id });
	if (used.length !== 1) throw new RuleBroken('error_link_over');
	const of = newId(now.getTime());
	const admin: Actor = { municipality: of, person: newId(), name: input.name, grants: [{ role: 'admin' }] };
	await tx
		.insert(municipality)
		.values({ id: of, name: input.city, demo: false, settings: firstSettings, createdAt: now });
	await tx.insert(person).values({ id: admin.person, municipality: of, name: input.name, kana: '', createdAt: now });
	const today = jstDay(now);
	const year = fiscalYearOf(today);
	await tx.insert(roleGrant).values({
		id: newId(),
		municipality: of,
		person: admin.person,
		role: 'admin',
		fromOn: today,
		untilOn: lastDay('admin', today),
		at: now
	});
	await addAccount(tx, admin, { person: admin.person, loginId: input.loginId, password: hash }, now);
	await addSection(tx, admin, input.safety, year, { code: 'safety' });
	await addSection(tx, admin, input.guidance, year, { code: 'guidance' });
	const others = (input.sections ?? '').split('\n').map((line) => line.trim());
	const named = new Set(['', input.safety, input.guidance]);
	for (const name of new Set(others).difference(named)) await addSection(tx, admin, name, year);
	await record(tx, admin, 'municipality.setUp', 'municipality', of);
	return admin;
}
