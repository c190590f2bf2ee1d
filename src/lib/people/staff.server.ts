/** Accounts of staff, school contacts and first leaders: given, reset, disabled by an administrator. */
import { randomBytes } from 'node:crypto';
import { and, eq, gt, gte, inArray, isNull } from 'drizzle-orm';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { addAccount, setPassword } from './accounts.server.ts';
import { standInRoster } from './members.server.ts';
import { can, type Actor, type Role } from './permissions.ts';
import { dropSecondFactor } from './second-factor.server.ts';
import { hashed, signOutEverywhere } from './sessions.server.ts';
import { lastDay, placeOf } from './staff.ts';
import {
	account,
	accountDisabling,
	association,
	passwordLink,
	person,
	roleEnding,
	roleGrant,
	school,
	secondFactor,
	section
} from './tables.server.ts';

type RoleInput = { role: Exclude<Role, 'volunteer'>; place?: string | undefined };
const LINK_HOURS = 72;

/** A new person with a role, an id and no password yet. Returns the token of the one-time link that sets it. */
export async function addStaff(
	tx: Tx,
	actor: Actor,
	input: RoleInput & { name: string; kana: string; loginId: string },
	now: Date
) {
	mayEdit(actor);
	const id = newId();
	await tx
		.insert(person)
		.values({ id, municipality: actor.municipality, name: input.name, kana: input.kana, createdAt: now });
	await addAccount(tx, actor, { person: id, loginId: input.loginId, password: null }, now);
	await giveRole(tx, actor, id, input, now);
	return { person: id, token: await makePasswordLink(tx, actor, id, false, now) };
}

/** Gives a role until the next 31 March; a leader stands in the roster of the body. Rights change: every device of the person signs in anew. */
export async function giveRole(tx: Tx, actor: Actor, who: string, input: RoleInput, now: Date): Promise<void> {
	mayEdit(actor);
	await ownPerson(tx, actor, who);
	const kind = placeOf[input.role];
	const [placeKind, place] = (input.place ?? '').split(':');
	if (kind && (placeKind !== kind || !place)) throw new RuleBroken('error_place', 'place');
	if (kind) await ownPlace(tx, actor, kind, place!);
	const id = newId(now.getTime());
	const today = jstDay(now);
	await tx.insert(roleGrant).values({
		id,
		municipality: actor.municipality,
		person: who,
		role: input.role,
		...(kind && { [kind]: place }),
		fromOn: today,
		untilOn: lastDay(input.role, today),
		grantedBy: actor.person,
		at: now
	});
	if (input.role === 'leader') await standInRoster(tx, actor, who, place!, now);
	await signOutEverywhere(tx, who);
	await record(tx, actor, 'role.give', 'roleGrant', id, { role: input.role });
}

/** The same role for the fiscal year after the one it ends in. */
export async function extendRole(tx: Tx, actor: Actor, grant: string, now: Date): Promise<void> {
	mayEdit(actor);
	const [old] = await tx
		.select({ grant: roleGrant })
		.from(roleGrant)
		.leftJoin(roleEnding, eq(roleEnding.grant, roleGrant.id))
		.where(and(eq(roleGrant.id, grant), eq(roleGrant.municipality, actor.municipality), isNull(roleEnding.grant)));
	if (!old) throw new NotFound();
	const fromOn = addDays(old.grant.untilOn, 1);
	const held = await tx
		.select({ fromOn: roleGrant.fromOn, role: roleGrant.role })
		.from(roleGrant)
		.where(and(eq(roleGrant.person, old.grant.person), gte(roleGrant.fromOn, fromOn)));
	if (held.some((one) => one.role === old.grant.role)) throw new RuleBroken('error_extended');
	const id = newId(now.getTime());
	const next = { ...old.grant, id, fromOn, untilOn: lastDay(old.grant.role, fromOn), grantedBy: actor.person, at: now };
	await tx.insert(roleGrant).values(next);
	await record(tx, actor, 'role.extend', 'roleGrant', id, { role: next.role });
}

/** Takes a role back, from now on. The last administrator keeps theirs: nobody could give it again. */
export async function endRole(tx: Tx, actor: Actor, grant: string, now: Date): Promise<void> {
	mayEdit(actor);
	const [found] = await tx
		.select({ grant: roleGrant })
		.from(roleGrant)
		.leftJoin(roleEnding, eq(roleEnding.grant, roleGrant.id))
		.where(and(eq(roleGrant.id, grant), eq(roleGrant.municipality, actor.municipality), isNull(roleEnding.grant)));
	if (!found) throw new NotFound();
	if (found.grant.role === 'admin' && found.grant.person === actor.person) throw new RuleBroken('error_own_admin');
	await tx.insert(roleEnding).values({
		grant,
		municipality: actor.municipality,
		fromOn: jstDay(now),
		reason: 'taken',
		by: actor.person,
		at: now
	});
	await signOutEverywhere(tx, found.grant.person);
	await record(tx, actor, 'role.end', 'roleGrant', grant);
}

/** A link that sets a new password, once, for three days. Older open ones die. `factor`: the second factor is enrolled anew, too. */
export async function makePasswordLink(tx: Tx, actor: Actor, who: string, factor: boolean, now: Date): Promise<string> {
	mayEdit(actor);
	await ownPerson(tx, actor, who);
	await tx.delete(passwordLink).where(and(eq(passwordLink.person, who), isNull(passwordLink.usedAt)));
	const token = randomBytes(24).toString('base64url');
	await tx.insert(passwordLink).values({
		id: hashed(token),
		municipality: actor.municipality,
		person: who,
		by: actor.person,
		expiresAt: new Date(now.getTime() + LINK_HOURS * 3_600_000)
	});
	if (factor) await dropSecondFactor(tx, who);
	await record(tx, actor, 'account.link', 'person', who, { factor });
	return token;
}

/** Whose link it is, while it may be used. */
export async function passwordLinkOf(db: Reader, municipality: string, token: string, now: Date) {
	const [found] = await db
		.select({ person: passwordLink.person, name: person.name, loginId: account.loginId })
		.from(passwordLink)
		.innerJoin(person, eq(person.id, passwordLink.person))
		.innerJoin(account, eq(account.person, passwordLink.person))
		.where(usable(municipality, token, now));
	return found;
}

/** Sets the password by a link, once. All devices are signed out. */
export async function usePasswordLink(tx: Tx, municipality: string, token: string, hash: string, now: Date) {
	const [used] = await tx
		.update(passwordLink)
		.set({ usedAt: now })
		.where(usable(municipality, token, now))
		.returning({ person: passwordLink.person });
	if (!used) throw new RuleBroken('error_link_over');
	await setPassword(tx, { municipality, person: used.person }, hash, now);
}

const usable = (municipality: string, token: string, now: Date) =>
	and(
		eq(passwordLink.id, hashed(token)),
		eq(passwordLink.municipality, municipality),
		isNull(passwordLink.usedAt),
		gt(passwordLink.expiresAt, now)
	);

/** Closes an account at once. Not one's own. */
export async function disableAccount(tx: Tx, actor: Actor, who: string, reason: string, now: Date): Promise<void> {
	mayEdit(actor);
	await ownPerson(tx, actor, who);
	if (who === actor.person) throw new RuleBroken('error_own_admin');
	await tx
		.insert(accountDisabling)
		.values({ person: who, municipality: actor.municipality, reason, by: actor.person, at: now })
		.onConflictDoNothing();
	await signOutEverywhere(tx, who);
	await record(tx, actor, 'account.disable', 'person', who);
}

export async function enableAccount(tx: Tx, actor: Actor, who: string): Promise<void> {
	mayEdit(actor);
	await ownPerson(tx, actor, who);
	await tx.delete(accountDisabling).where(eq(accountDisabling.person, who));
	await record(tx, actor, 'account.enable', 'person', who);
}

/** Everybody with an account, with roles that hold or will, by kana. */
export async function accountsOf(db: Reader, actor: Actor, now: Date) {
	mayEdit(actor);
	const rows = await db
		.select({
			person: person.id,
			name: person.name,
			kana: person.kana,
			loginId: account.loginId,
			hasPassword: account.passwordAt,
			disabled: accountDisabling.at,
			disabledFor: accountDisabling.reason,
			factor: secondFactor.confirmedAt
		})
		.from(account)
		.innerJoin(person, eq(person.id, account.person))
		.leftJoin(accountDisabling, eq(accountDisabling.person, account.person))
		.leftJoin(secondFactor, eq(secondFactor.person, account.person))
		.where(eq(account.municipality, actor.municipality))
		.orderBy(person.kana);
	const ids = rows.map((row) => row.person);
	const grants = ids.length
		? await db
				.select({ grant: roleGrant, association: association.name, school: school.name })
				.from(roleGrant)
				.leftJoin(roleEnding, eq(roleEnding.grant, roleGrant.id))
				.leftJoin(association, eq(association.id, roleGrant.association))
				.leftJoin(school, eq(school.id, roleGrant.school))
				.where(and(inArray(roleGrant.person, ids), isNull(roleEnding.grant), gte(roleGrant.untilOn, jstDay(now))))
		: [];
	return rows.map((row) => ({
		...row,
		roles: grants
			.filter((one) => one.grant.person === row.person)
			.map(({ grant, association, school }) => ({
				id: grant.id,
				role: grant.role,
				section: grant.section,
				place: association ?? school,
				untilOn: grant.untilOn
			}))
	}));
}

async function ownPerson(tx: Tx, actor: Actor, who: string): Promise<void> {
	const [own] = await tx
		.select({ id: person.id })
		.from(person)
		.where(and(eq(person.id, who), eq(person.municipality, actor.municipality)));
	if (!own) throw new NotFound();
}

async function ownPlace(tx: Tx, actor: Actor, kind: 'association' | 'section' | 'school', id: string): Promise<void> {
	const places = { association, section, school };
	const of = places[kind];
	const [own] = await tx
		.select({ id: of.id })
		.from(of)
		.where(and(eq(of.id, id), eq(of.municipality, actor.municipality)));
	if (!own) throw new NotFound();
}

function mayEdit(actor: Actor): void {
	if (!can(actor, 'staff.edit', {})) throw new NotFound();
}
