/** What is done to logs: recorded, confirmed, sent back, corrected, taken back. Each is a row with who, when and why. */
import { and, eq, sql } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { insertRow } from '#lib/server/db/insert.ts';
import { once } from '#lib/server/db/once.ts';
import { record } from '#lib/server/db/trail.ts';
import { Forbidden, NotFound, RuleBroken } from '#lib/server/errors.ts';
import { checkContent, writeVersion, type LogBody } from './content.server.ts';
import type { LogPayload } from './log.ts';
import { canDo, openLog, type OpenLog } from './open.server.ts';
import { allows, type LogMove } from './state.ts';
import { log, logConfirmation, logSendBack, logWithdrawal } from './tables.server.ts';

/** A log as it arrives: from a phone's op, or typed in from paper. */
export type Arriving = {
	/** Made where the log was finished; a second arrival changes nothing. */
	id: string;
	body: LogBody;
	payload: LogPayload;
	/** 代理入力 */
	forOthers: boolean;
	clockDoubt: boolean;
	at: Date;
};

const ownerOf = once((tx: Tx) =>
	tx
		.select({ of: log.municipality })
		.from(log)
		.where(eq(log.id, sql.placeholder('id')))
		.prepare()
);

/** Stores a new log as its first version. The caller has asked whether the author may record for that body. */
export async function store(tx: Tx, author: Actor, arriving: Arriving): Promise<string> {
	const { id, body, payload, forOthers, clockDoubt, at } = arriving;
	const of = author.municipality;
	const [known] = await ownerOf(tx).execute({ id });
	if (known) {
		if (known.of !== of) throw new NotFound();
		return id;
	}
	await checkContent(tx, of, body, payload);
	const { person: who } = author;
	insertRow(tx, log, { id, municipality: of, ...body, author: who, forOthers, latest: 1, createdAt: at });
	const writing = { id, municipality: of, log: id, number: 1, reason: null, by: author.person, at, clockDoubt };
	await writeVersion(tx, writing, body, payload);
	await record(tx, author, forOthers ? 'patrol.enterForOthers' : 'patrol.submit', 'log', id, {
		programme: payload.programme
	});
	return id;
}

/** Types a paper log in for others (代理入力). */
export async function enterForOthers(
	tx: Tx,
	actor: Actor,
	body: LogBody,
	payload: LogPayload,
	now: Date,
	id: string = newId()
): Promise<string> {
	const of = { section: body.section, bodies: body.association ? [body.association] : [], onDay: payload.on };
	if (!canDo(actor, 'patrol.enterForOthers', of)) throw new NotFound();
	return store(tx, actor, { id, body, payload, forOthers: true, clockDoubt: false, at: now });
}

/** Refuses a step that is not open, or one decided on a version that is no longer the latest. */
function ready(found: OpenLog, move: LogMove, seen: number): void {
	if (found.latest !== seen) throw new RuleBroken('error_patrols_changed');
	if (!allows(found.state, move)) throw new RuleBroken('error_patrols_state');
}

/**
 * Confirms the version that was looked at (`seen`); from now on it counts. Whoever presses second changes nothing: the row is
 * there once. Returns whether this call made it.
 */
export async function confirm(tx: Tx, actor: Actor, id: string, seen: number, now: Date): Promise<boolean> {
	const found = await openLog(tx, actor, id, 'patrol.confirm');
	if (found.state === 'confirmed' && found.latest === seen) return false;
	ready(found, 'confirm', seen);
	await addConfirmation(tx, actor, found.id, found.version, now);
	return true;
}

async function addConfirmation(tx: Tx, actor: Actor, id: string, version: string, now: Date): Promise<void> {
	await tx
		.insert(logConfirmation)
		.values({ version, municipality: actor.municipality, log: id, by: actor.person, at: now });
	await record(tx, actor, 'patrol.confirm', 'log', id);
}

/** Gives a log back to its author with the reason; a corrected version answers it. */
export async function sendBack(
	tx: Tx,
	actor: Actor,
	id: string,
	seen: number,
	reason: string,
	now: Date
): Promise<void> {
	const found = await openLog(tx, actor, id, 'patrol.confirm');
	ready(found, 'sendBack', seen);
	await tx.insert(logSendBack).values({
		version: found.version,
		municipality: actor.municipality,
		log: id,
		by: actor.person,
		at: now,
		reason
	});
	await record(tx, actor, 'patrol.sendBack', 'log', id);
}

/** A correction: what the log should have said, why, and which version the writer had before them. */
export type Correction = {
	/** Id of the op that brought it, or a new one. */
	version?: string;
	seen: number;
	reason: string | null;
	payload: LogPayload;
	clockDoubt?: boolean;
};

/**
 * Writes a new version; the old ones stay. The author may, and whoever may confirm. A confirmed log needs the reason; corrected
 * by somebody who may confirm it stays confirmed (the correction is the look at it), by its author it waits again.
 */
export async function correct(tx: Tx, actor: Actor, id: string, correction: Correction, now: Date): Promise<void> {
	const found = await openLog(tx, actor, id);
	const confirms = canDo(actor, 'patrol.confirm', found);
	if (!confirms && found.author !== actor.person) throw new Forbidden();
	ready(found, 'correct', correction.seen);
	const wasConfirmed = found.state === 'confirmed';
	if (wasConfirmed && !correction.reason) throw new RuleBroken('error_reason', 'reason');
	const body = { association: found.association, section: found.section };
	await checkContent(tx, actor.municipality, body, correction.payload);
	await raise(tx, found);
	const version = correction.version ?? newId(now.getTime());
	const writing = {
		id: version,
		municipality: actor.municipality,
		log: id,
		number: found.latest + 1,
		reason: correction.reason,
		by: actor.person,
		at: now,
		clockDoubt: correction.clockDoubt ?? false
	};
	await writeVersion(tx, writing, body, correction.payload);
	await record(tx, actor, 'patrol.correct', 'log', id, { version: found.latest + 1 });
	if (wasConfirmed && confirms) await addConfirmation(tx, actor, id, version, now);
}

/** Two people correcting the same version at once: the number in the WHERE lets one of them through. */
async function raise(tx: Tx, found: OpenLog): Promise<void> {
	const raised = await tx
		.update(log)
		.set({ latest: found.latest + 1 })
		.where(and(eq(log.id, found.id), eq(log.latest, found.latest)));
	if (raised.changes !== 1) throw new RuleBroken('error_patrols_changed');
}

/** Takes a log back: it counts no more and stays readable. Its author may until it is confirmed; after that whoever may confirm. */
export async function withdraw(tx: Tx, actor: Actor, id: string, reason: string, now: Date): Promise<void> {
	const found = await openLog(tx, actor, id);
	const confirms = canDo(actor, 'patrol.confirm', found);
	if (!confirms && found.author !== actor.person) throw new Forbidden();
	if (!confirms && found.state === 'confirmed') throw new RuleBroken('error_patrols_confirmed');
	if (!allows(found.state, 'withdraw')) throw new RuleBroken('error_patrols_state');
	await tx
		.insert(logWithdrawal)
		.values({ log: id, municipality: actor.municipality, by: actor.person, at: now, reason });
	await record(tx, actor, 'patrol.withdraw', 'log', id);
}

/**
 * Confirms what was ticked in a list. A log that changed or moved on since the list was opened is left as it is and counted, the
 * others go through.
 */
export async function confirmAll(
	tx: Tx,
	actor: Actor,
	ticked: readonly { id: string; seen: number }[],
	now: Date
): Promise<{ confirmed: number; left: number }> {
	let confirmed = 0;
	for (const { id, seen } of ticked) {
		try {
			if (await confirm(tx, actor, id, seen, now)) confirmed++;
		} catch (thrown) {
			// `confirm` refuses before it writes: nothing of this log has changed.
			if (!(thrown instanceof RuleBroken)) throw thrown;
		}
	}
	return { confirmed, left: ticked.length - confirmed };
}
