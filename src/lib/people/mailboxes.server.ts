/** A person's own mail address: written, confirmed by the code that was mailed there, given up. */
import { randomInt } from 'node:crypto';
import { and, count, eq, gt } from 'drizzle-orm';
import { transaction, type Reader, type Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { Language } from './message.ts';
import { openedWays, post } from './messages.server.ts';
import { can, type Actor } from './permissions.ts';
import { hashed } from './sessions.server.ts';
import { mailbox, message } from './tables.server.ts';

const CODE_HOURS = 24;
const MOST_WRONG = 5;
/** Of codes and trials a day: nobody's address is flooded from here. */
const MOST_A_DAY = 10;

const codeHash = (person: string, code: string) => hashed(`${person} ${code}`);

const own = async (tx: Reader, actor: Actor) => {
	const [found] = await tx
		.select()
		.from(mailbox)
		.where(and(eq(mailbox.person, actor.person), eq(mailbox.municipality, actor.municipality)));
	return found;
};

/** The address as its owner sees it. */
export async function mailboxOf(reader: Reader, actor: Actor) {
	const found = await own(reader, actor);
	return found && { address: found.address, confirmed: found.confirmedAt !== null, language: found.locale };
}

async function notTooMany(tx: Tx, actor: Actor, now: Date): Promise<void> {
	const [found] = await tx
		.select({ n: count() })
		.from(message)
		.where(
			and(
				eq(message.person, actor.person),
				eq(message.room, 'person'),
				gt(message.at, new Date(now.getTime() - 86_400_000))
			)
		);
	if ((found?.n ?? 0) >= MOST_A_DAY) throw new RuleBroken('error_notices_enough');
}

/** Writes the address down and asks it for confirmation, in the language its owner speaks. Another takes the place of the one before. */
export async function setMailbox(
	tx: Tx,
	actor: Actor,
	address: string,
	now: Date,
	locale: Language = 'ja'
): Promise<void> {
	if (!can(actor, 'self.edit', { person: actor.person }) || !openedWays().mail) throw new NotFound('mail');
	await notTooMany(tx, actor, now);
	const { person, municipality } = actor;
	const fresh = { address, at: now, confirmedAt: null, codeHash: null, codeUntil: null, wrong: 0, locale };
	await tx
		.insert(mailbox)
		.values({ person, municipality, ...fresh })
		.onConflictDoUpdate({ target: mailbox.person, set: fresh });
	await record(tx, actor, 'person.setMailbox', 'person', person);
	await post(tx, { municipality, room: 'person', now }, [{ person, thing: 'confirm' }], true);
}

/** A new code for the mail that is being sent; the one before holds no more. */
export async function newMailCode(of: { person: string; address: string }, now: Date): Promise<string> {
	const code = String(randomInt(1_000_000)).padStart(6, '0');
	const codeUntil = new Date(now.getTime() + CODE_HOURS * 3_600_000);
	await transaction(async (tx) => {
		await tx
			.update(mailbox)
			.set({ codeHash: codeHash(of.person, code), codeUntil })
			.where(and(eq(mailbox.person, of.person), eq(mailbox.address, of.address)));
	});
	return code;
}

/** The code of the mail was typed. False when it is not the one: that is counted, and after a few a new mail is needed. */
export async function confirmMailbox(tx: Tx, actor: Actor, code: string, now: Date): Promise<boolean> {
	const found = await own(tx, actor);
	if (!found) throw new NotFound('mailbox');
	if (found.confirmedAt) return true;
	const holds = found.codeUntil !== null && found.codeUntil > now && found.wrong < MOST_WRONG;
	const right = holds && found.codeHash === codeHash(actor.person, code);
	await tx
		.update(mailbox)
		.set(right ? { confirmedAt: now, codeHash: null, codeUntil: null } : { wrong: found.wrong + 1 })
		.where(eq(mailbox.person, actor.person));
	if (right) await record(tx, actor, 'person.confirmMailbox', 'person', actor.person);
	return right;
}

/** No more mail; the address is gone. */
export async function forgetMailbox(tx: Tx, actor: Actor): Promise<void> {
	await tx.delete(mailbox).where(and(eq(mailbox.person, actor.person), eq(mailbox.municipality, actor.municipality)));
	await record(tx, actor, 'person.forgetMailbox', 'person', actor.person);
}

/** A trial by every way the person has. */
export async function postTrial(tx: Tx, actor: Actor, now: Date): Promise<void> {
	await notTooMany(tx, actor, now);
	const { person, municipality } = actor;
	await post(tx, { municipality, room: 'person', now }, [{ person, thing: 'trial' }]);
}
