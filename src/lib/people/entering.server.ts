/** The way in by id and password: what is asked, in which order, and how slowly. The edge opens the transactions. */
import { randomBytes } from 'node:crypto';
import { and, eq, gt, lt } from 'drizzle-orm';
import { RuleBroken } from '#lib/server/errors.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { accountOf } from './accounts.server.ts';
import { rightPassword } from './passwords.server.ts';
import { isStaff, type Actor } from './permissions.ts';
import { actorOf, hashed } from './sessions.server.ts';
import { countTry, forgetTries, type Counted } from './throttle.server.ts';
import { knownDevice, signInStep } from './tables.server.ts';

type Here = { id: string; demo: boolean };
/** Where a try comes from: the address, and what the browser keeps since an earlier sign-in. */
export type From = { address: string; known?: string | undefined };

/**
 * The person of an id and a password. The same sentence and the same time for an unknown id, a wrong password and a disabled account.
 * Throws `RuleBroken('error_login')` or `TooBusy`.
 */
export async function passwordHolder(
	db: Reader,
	here: Here,
	typed: { loginId: string; password: string },
	from: From,
	now: Date
): Promise<Actor> {
	const found = await accountOf(db, here.id, typed.loginId);
	const known = found && from.known && (await isKnown(db, found.person, from.known));
	const account: Counted = {
		kind: 'account',
		key: known ? `known:${hashed(from.known!)}` : `${here.id}:${typed.loginId}`
	};
	const address: Counted = { kind: 'address', key: from.address };
	// A browser that is known is not held up by what others try from the same address.
	const counted = known ? [account] : [account, address];
	await countTry(...counted);
	const right = await rightPassword(found?.password, typed.password);
	const actor = right && (await actorOf(db, here.id, found!.person, now));
	if (!actor) throw new RuleBroken('error_login');
	await forgetTries(...counted);
	return actor;
}

/** Staff of a real municipality need a second factor; the invented town's people do not. */
export const needsSecondFactor = (here: Here, actor: Actor) => isStaff(actor) && !here.demo;

const STEP_MINUTES = 10;

/** Remembers that the password was right. Returns what the cookie shall hold until the second factor. */
export async function beginStep(tx: Tx, who: { municipality: string; person: string }, now: Date): Promise<string> {
	await tx.delete(signInStep).where(lt(signInStep.expiresAt, now));
	const token = randomBytes(24).toString('base64url');
	await tx.insert(signInStep).values({
		id: hashed(token),
		municipality: who.municipality,
		person: who.person,
		passed: false,
		expiresAt: new Date(now.getTime() + STEP_MINUTES * 60_000)
	});
	return token;
}

/** The person between password and second factor, or undefined. */
export async function stepOf(db: Reader, municipality: string, token: string | undefined, now: Date) {
	if (!token) return undefined;
	const [found] = await db
		.select({ person: signInStep.person, passed: signInStep.passed })
		.from(signInStep)
		.where(
			and(eq(signInStep.id, hashed(token)), eq(signInStep.municipality, municipality), gt(signInStep.expiresAt, now))
		);
	const actor = found && (await actorOf(db, municipality, found.person, now));
	return actor && { actor, passed: found.passed };
}

/** The second factor was right; what is left is to write down the recovery codes. */
export async function passStep(tx: Tx, token: string): Promise<void> {
	await tx
		.update(signInStep)
		.set({ passed: true })
		.where(eq(signInStep.id, hashed(token)));
}

/** The step is taken. */
export async function endStep(tx: Tx, token: string): Promise<void> {
	await tx.delete(signInStep).where(eq(signInStep.id, hashed(token)));
}

/** Remembers this browser for the account. Returns what its cookie shall hold. */
export async function knowDevice(tx: Tx, who: { municipality: string; person: string }, now: Date): Promise<string> {
	const token = randomBytes(24).toString('base64url');
	await tx
		.insert(knownDevice)
		.values({ id: hashed(token), municipality: who.municipality, person: who.person, at: now });
	return token;
}

async function isKnown(db: Reader, person: string, token: string): Promise<boolean> {
	const [found] = await db
		.select({ id: knownDevice.id })
		.from(knownDevice)
		.where(and(eq(knownDevice.id, hashed(token)), eq(knownDevice.person, person)));
	return found !== undefined;
}
