/** Accounts by id and password. */
import { and, eq } from 'drizzle-orm';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { isGuessable } from './password.ts';
import { hashPassword } from './passwords.server.ts';
import { signOutEverywhere } from './sessions.server.ts';
import {
	account,
	association,
	knownDevice,
	municipality,
	person,
	roleGrant,
	school,
	sectionName
} from './tables.server.ts';

/** The account of a folded login id, or undefined. */
export async function accountOf(db: Reader, municipality: string, loginId: string) {
	const [found] = await db
		.select()
		.from(account)
		.where(and(eq(account.municipality, municipality), eq(account.loginId, loginId)));
	return found;
}

/** The accounts of an invented town, for its sign-in buttons. Nothing where the municipality is a real one. */
export async function demoAccounts(db: Reader, here: { id: string; demo: boolean }) {
	if (!here.demo) return [];
	return db
		.select({ loginId: account.loginId, person: account.person, name: person.name, role: roleGrant.role })
		.from(account)
		.innerJoin(person, eq(person.id, account.person))
		.leftJoin(roleGrant, eq(roleGrant.person, account.person))
		.where(eq(account.municipality, here.id))
		.orderBy(account.person);
}

/** Names of the town and of the person that make a password easy to guess. */
export async function guessableNames(db: Reader, of: string, who?: string): Promise<string[]> {
	const [towns, bodies, schools, sections, persons] = [
		await db.select({ a: municipality.name }).from(municipality).where(eq(municipality.id, of)),
		await db
			.select({ a: association.name, b: association.kana })
			.from(association)
			.where(eq(association.municipality, of)),
		await db.select({ a: school.name, b: school.kana }).from(school).where(eq(school.municipality, of)),
		await db.select({ a: sectionName.name }).from(sectionName).where(eq(sectionName.municipality, of)),
		who
			? await db
					.select({ a: person.name, b: person.kana, c: account.loginId })
					.from(person)
					.leftJoin(account, eq(account.person, person.id))
					.where(eq(person.id, who))
			: []
	];
	return [...towns, ...bodies, ...schools, ...sections, ...persons].flatMap((row) =>
		Object.values(row).flatMap((name: string | null) => name ?? [])
	);
}

/** Throws when a new password is easily guessed here; else its hash, made outside of any transaction. */
export async function hashNewPassword(
	db: Reader,
	of: string,
	who: string | undefined,
	password: string
): Promise<string> {
	if (isGuessable(password, await guessableNames(db, of, who)))
		throw new RuleBroken('error_password_guessable', 'password');
	return hashPassword(password);
}

/** Sets a new password: every device is signed out but the one of this cookie, and no browser counts as known any more. */
export async function setPassword(tx: Tx, actor: Who, hash: string, now: Date, butCookie?: string): Promise<void> {
	const set = await tx
		.update(account)
		.set({ password: hash, passwordAt: now })
		.where(and(eq(account.person, actor.person), eq(account.municipality, actor.municipality)))
		.returning({ person: account.person });
	if (set.length !== 1) throw new NotFound();
	await tx.delete(knownDevice).where(eq(knownDevice.person, actor.person));
	await signOutEverywhere(tx, actor.person, butCookie);
	await record(tx, actor, 'account.password', 'person', actor.person);
}

/** A first account for a person who came in without one. */
export async function addAccount(
	tx: Tx,
	actor: Who,
	who: { person: string; loginId: string; password: string | null },
	now: Date
): Promise<void> {
	const [same] = await tx
		.select({ person: account.person })
		.from(account)
		.where(and(eq(account.municipality, actor.municipality), eq(account.loginId, who.loginId)));
	if (same) throw new RuleBroken('error_login_id_there', 'loginId');
	await tx.insert(account).values({
		...who,
		municipality: actor.municipality,
		passwordAt: who.password ? now : null,
		createdAt: now
	});
	await record(tx, actor, 'account.add', 'person', who.person);
}

type Who = { municipality: string; person: string };

/** The account of a person, or undefined. */
export async function accountOfPerson(db: Reader, who: string) {
	const [found] = await db.select().from(account).where(eq(account.person, who));
	return found;
}
