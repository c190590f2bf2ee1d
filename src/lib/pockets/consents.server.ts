/** What hosts agreed to: given, taken back. Taken back it holds for the next answer of the server. */
import { and, eq, isNull } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { consentVersion, noConsent, type Consents, type Purpose } from './consent.ts';
import { isOver } from './pocket.ts';
import { findPocket, step, type By } from './pockets.server.ts';
import { pocketConsent } from './tables.server.ts';

/** Keeps what a host agreed to, with the words that were read. Agreed to already: nothing happens. */
export async function giveConsent(
	tx: Tx,
	by: By,
	pocket: string,
	{ purpose, text, on }: { purpose: Purpose; text: string; on: string },
	now: Date
): Promise<void> {
	const holds = await consentsOf(tx, pocket);
	if (holds[purpose]) return;
	await tx.insert(pocketConsent).values({
		id: newId(now.getTime()),
		municipality: by.municipality,
		pocket,
		purpose,
		version: consentVersion,
		text,
		givenOn: on,
		by: by.person ?? null,
		at: now
	});
	await step(tx, by, pocket, 'consent', now, { on, facts: { purpose, version: consentVersion } });
}

/** Takes consent back, at once. Not given, nothing happens. */
export async function withdrawConsent(tx: Tx, by: By, pocket: string, purpose: Purpose, now: Date): Promise<void> {
	const on = jstDay(now);
	const done = await tx
		.update(pocketConsent)
		.set({ withdrawnOn: on, withdrawnAt: now })
		.where(
			and(
				eq(pocketConsent.pocket, pocket),
				eq(pocketConsent.purpose, purpose),
				eq(pocketConsent.municipality, by.municipality),
				isNull(pocketConsent.withdrawnAt)
			)
		);
	if (done.changes > 0) await step(tx, by, pocket, 'withdraw', now, { on, facts: { purpose } });
}

/** What holds for a pocket now. */
export async function consentsOf(tx: Reader, pocket: string): Promise<Consents> {
	const rows = await tx
		.select({ purpose: pocketConsent.purpose })
		.from(pocketConsent)
		.where(and(eq(pocketConsent.pocket, pocket), isNull(pocketConsent.withdrawnAt)));
	return rows.reduce<Consents>((all, { purpose }) => ({ ...all, [purpose]: true }), noConsent);
}

/** The office writes down what the host agreed to, all at once: what is not ticked is taken back. */
export async function setConsents(
	tx: Tx,
	actor: Actor,
	pocket: string,
	{ agreed, texts, on }: { agreed: Consents; texts: Record<Purpose, string>; on: string },
	now: Date
): Promise<void> {
	const found = await findPocket(tx, actor, 'pocket.edit', pocket);
	if (isOver(found.state)) throw new RuleBroken('error_pockets_not_now');
	if (on > jstDay(now)) throw new RuleBroken('error_pockets_future', 'on');
	for (const purpose of Object.keys(agreed) as Purpose[])
		if (agreed[purpose]) await giveConsent(tx, actor, pocket, { purpose, text: texts[purpose], on }, now);
		else await withdrawConsent(tx, actor, pocket, purpose, now);
}
