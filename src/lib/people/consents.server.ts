/** What people agreed to. Rows are never changed; taking back is a row of its own. */
import { and, eq, isNull } from 'drizzle-orm';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound } from '#lib/server/errors.ts';
import type { Actor } from './permissions.ts';
import { consent, consentWithdrawal } from './tables.server.ts';

/** Keeps that the actor agreed to this text now. */
export async function addConsent(
	tx: Tx,
	actor: Actor,
	purpose: string,
	to: { version: string; text: string },
	now: Date
): Promise<void> {
	const id = newId(now.getTime());
	await tx
		.insert(consent)
		.values({ id, municipality: actor.municipality, person: actor.person, purpose, ...to, at: now });
	await record(tx, actor, 'consent.give', 'consent', id, { purpose, version: to.version });
}

/** Takes a consent of one's own back. */
export async function withdrawConsent(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	const [mine] = await tx
		.select({ id: consent.id })
		.from(consent)
		.leftJoin(consentWithdrawal, eq(consentWithdrawal.consent, consent.id))
		.where(and(eq(consent.id, id), eq(consent.person, actor.person), isNull(consentWithdrawal.at)));
	if (!mine) throw new NotFound();
	await tx.insert(consentWithdrawal).values({ consent: id, municipality: actor.municipality, at: now });
	await record(tx, actor, 'consent.withdraw', 'consent', id);
}

/** The actor's own consents with what became of them. */
export const consentsOf = (db: Reader, actor: Actor) =>
	db
		.select({
			id: consent.id,
			purpose: consent.purpose,
			version: consent.version,
			text: consent.text,
			at: consent.at,
			withdrawnAt: consentWithdrawal.at
		})
		.from(consent)
		.leftJoin(consentWithdrawal, eq(consentWithdrawal.consent, consent.id))
		.where(and(eq(consent.person, actor.person), eq(consent.municipality, actor.municipality)))
		.orderBy(consent.at);
