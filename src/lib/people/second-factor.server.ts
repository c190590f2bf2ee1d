/** The second factor of staff (TOTP, RFC 6238) and the codes on paper for a lost phone. */
import { randomInt } from 'node:crypto';
import { and, eq, isNull, isNotNull, lt } from 'drizzle-orm';
import { Secret, TOTP } from 'otpauth';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { alphabet } from './code.ts';
import { hashed } from './sessions.server.ts';
import { recoveryCode, secondFactor } from './tables.server.ts';

type Who = { municipality: string; person: string };
const RECOVERY_CODES = 8;
/** Clocks of telephones: one step of 30 seconds early or late. */
const WINDOW = 1;

const totp = (secret: string, issuer = '', label = '') =>
	new TOTP({ issuer, label, secret: Secret.fromBase32(secret) });

/** Has the person confirmed a second factor? */
export async function hasSecondFactor(db: Reader, person: string): Promise<boolean> {
	const [found] = await db
		.select({ person: secondFactor.person })
		.from(secondFactor)
		.where(and(eq(secondFactor.person, person), isNotNull(secondFactor.confirmedAt)));
	return found !== undefined;
}

/** Begins enrolment, or goes on with the one begun: the address for the QR code and the secret to type. Nothing when it is confirmed already. */
export async function beginEnrolment(tx: Tx, who: Who, label: string, issuer: string) {
	const secret = new Secret({ size: 20 }).base32;
	await tx
		.insert(secondFactor)
		.values({ person: who.person, municipality: who.municipality, secret, lastStep: 0 })
		.onConflictDoNothing();
	const [mine] = await tx.select().from(secondFactor).where(eq(secondFactor.person, who.person));
	if (!mine || mine.confirmedAt) return undefined;
	return { secret: mine.secret, address: totp(mine.secret, issuer, label).toString() };
}

/** Is this code of six digits right now? Each opens once; the step in the WHERE decides between two at the same moment. */
export async function useTotp(tx: Tx, person: string, typed: string, now: Date): Promise<boolean> {
	const [mine] = await tx.select().from(secondFactor).where(eq(secondFactor.person, person));
	const token = typed.normalize('NFKC').replace(/\s/g, '');
	if (!mine || !/^\d{6}$/.test(token)) return false;
	const delta = totp(mine.secret).validate({ token, timestamp: now.getTime(), window: WINDOW });
	if (delta === null) return false;
	const step = Math.floor(now.getTime() / 30_000) + delta;
	const used = await tx
		.update(secondFactor)
		.set({ lastStep: step })
		.where(and(eq(secondFactor.person, person), lt(secondFactor.lastStep, step)))
		.returning({ person: secondFactor.person });
	return used.length === 1;
}

/** Confirms enrolment by the first right code. Returns the recovery codes, shown once; nothing when the code was wrong. */
export async function confirmEnrolment(tx: Tx, who: Who, typed: string, now: Date): Promise<string[] | undefined> {
	if (!(await useTotp(tx, who.person, typed, now))) return undefined;
	const fresh = await tx
		.update(secondFactor)
		.set({ confirmedAt: now })
		.where(and(eq(secondFactor.person, who.person), isNull(secondFactor.confirmedAt)))
		.returning({ person: secondFactor.person });
	if (fresh.length === 0) return undefined;
	const codes = Array.from({ length: RECOVERY_CODES }, () =>
		Array.from({ length: 10 }, () => alphabet[randomInt(alphabet.length)]).join('')
	);
	await tx
		.insert(recoveryCode)
		.values(codes.map((code) => ({ ...who, id: hashed(`${who.person}:${code}`), usedAt: null })));
	await record(tx, who, 'account.secondFactor', 'person', who.person);
	return codes;
}

/** Opens once with a code from paper. */
export async function useRecoveryCode(tx: Tx, who: Who, typed: string, now: Date): Promise<boolean> {
	const code = typed.normalize('NFKC').toUpperCase().replace(/[\s-]/g, '');
	const used = await tx
		.update(recoveryCode)
		.set({ usedAt: now })
		.where(
			and(
				eq(recoveryCode.id, hashed(`${who.person}:${code}`)),
				eq(recoveryCode.person, who.person),
				isNull(recoveryCode.usedAt)
			)
		)
		.returning({ id: recoveryCode.id });
	if (used.length) await record(tx, who, 'account.recoveryCode', 'person', who.person);
	return used.length === 1;
}

/** Takes the second factor away: the next sign-in enrols anew. For an administrator's reset only. */
export async function dropSecondFactor(tx: Tx, person: string): Promise<void> {
	await tx.delete(recoveryCode).where(eq(recoveryCode.person, person));
	await tx.delete(secondFactor).where(eq(secondFactor.person, person));
}
