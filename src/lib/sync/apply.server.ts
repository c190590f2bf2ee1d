/**
 * From a stored op to its outcome: standing of the author, what it waits for, the shape of its payload, the room's handler.
 * A rule undoes the handler's own writes and becomes the outcome; a failing store ends the whole push.
 */
import { and, desc, eq, isNull, notInArray } from 'drizzle-orm';
import type * as z from 'zod/mini';
import type { Actor } from '#lib/people/permissions.ts';
import { actorOf } from '#lib/people/sessions.server.ts';
import { among, amongThose, listed } from '#lib/server/db/among.ts';
import { connections, savepoint, type Tx } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';
import { Forbidden, NotFound, RuleBroken } from '#lib/server/errors.ts';
import { log, ofThrown } from '#lib/server/log.ts';
import { handlerOf, type Applied, type Handler, type ReceivedOp } from './handlers.server.ts';
import { thaw, type Bytes } from './protocol.ts';
import type { standing } from './standing.server.ts';
import { syncOp, syncOutcome, syncPayload, syncWaiting } from './tables.server.ts';

export type Stored = typeof syncOp.$inferSelect;
export type Decided = Omit<typeof syncOutcome.$inferInsert, 'no' | 'municipality' | 'op' | 'at'>;
type Needs = { needs: string[] };

/** These are not about the op: what was stored so far may be gone, so nobody gets a receipt. */
const STORE = /^SQLITE_(FULL|IOERR|NOMEM|BUSY|CORRUPT|NOTADB|CANTOPEN|READONLY|PROTOCOL|INTERRUPT)/;

/** The code of a failing store (full, busy, broken), or undefined for any other error. */
export function storeErrorCode(thrown: unknown): string | undefined {
	const code = (thrown as { code?: unknown } | null)?.code;
	return typeof code === 'string' && STORE.test(code) ? code : undefined;
}

/** Did the store fail, rather than a rule? */
const storeFailed = (thrown: unknown): boolean =>
	!connections().writer.inTransaction || storeErrorCode(thrown) !== undefined;

/** Decides about one stored op and writes what it waits for. Throws only when the store fails. */
export async function decide(
	tx: Tx,
	actor: Actor,
	op: Stored,
	content: Bytes,
	stands: ReturnType<typeof standing>,
	voided: boolean
): Promise<Decided> {
	const who = { municipality: op.municipality, person: op.author };
	const times = op.flags?.includes('doubtful') ? [op.at, op.receivedAt] : [op.at];
	const inBody = await Promise.all(times.map((at) => stands(who, content.body, at)));
	if (!inBody.includes(true)) return { is: 'rejected', code: 'error_sync_body', fix: 'leader' };
	const missing = await missingDeps(tx, op, content.deps);
	if (missing.length > 0) return wait(tx, op, { needs: missing }, 'error_sync_waits');
	if (content.kind === 'void') return guarded(tx, () => withdraw(tx, actor, op, content));
	if (voided) return { is: 'superseded', code: 'error_sync_voided', fix: 'none' };
	const handler = handlerOf(content.kind);
	const schema = handler?.schema[content.kv];
	// A newer phone than server: kept until the server knows the kind.
	if (!handler || !schema) return wait(tx, op, { needs: [''] }, 'error_sync_kind');
	const parsed = schema.safeParse(content.payload);
	if (!parsed.success) return misshapen(parsed.error.issues);
	return guarded(tx, () => handler.apply(tx, received(op, content, actor), parsed.data), op);
}

/** Runs a handler in a savepoint and turns what it throws into an outcome. */
async function guarded(tx: Tx, work: () => Promise<Applied>, op?: Stored): Promise<Decided> {
	try {
		const applied = await savepoint(tx, work);
		// A handler that swallowed the failure of the store must not be believed.
		if (!connections().writer.inTransaction) throw new Error('the transaction ended inside a handler');
		return applied ?? { is: 'accepted' };
	} catch (thrown) {
		if (storeFailed(thrown)) throw thrown;
		if (thrown instanceof RuleBroken)
			return { is: 'needsFix', code: thrown.code, field: thrown.field ?? null, params: thrown.params, fix: 'edit' };
		if (thrown instanceof Forbidden || thrown instanceof NotFound)
			return { is: 'rejected', code: 'error_sync_forbidden', fix: 'leader' };
		const code = (thrown as { code?: unknown } | null)?.code;
		if (typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT'))
			return { is: 'rejected', code: 'error_sync_refused', fix: 'leader' };
		// Our own fault: the op is right, it waits for us and is tried again when the server starts anew.
		log('error', 'fault', ofThrown(thrown));
		if (op) return wait(tx, op, { needs: [''] }, 'error_sync_fault');
		return { is: 'rejected', code: 'error_sync_fault', fix: 'leader' };
	}
}

async function withdraw(tx: Tx, actor: Actor, op: Stored, content: Bytes): Promise<Applied> {
	const [base] = content.base
		? await tx
				.select()
				.from(syncOp)
				.where(and(eq(syncOp.id, content.base), eq(syncOp.author, op.author)))
		: [];
	// It never arrived: the gap is filled, and should it come yet it is not applied.
	if (!base) return { is: 'accepted' };
	// It arrived and had no effect (it waits, or was refused): nothing to undo, and what waits is not applied any more.
	const [last] = await tx
		.select({ is: syncOutcome.is })
		.from(syncOutcome)
		.where(eq(syncOutcome.op, base.no))
		.orderBy(desc(syncOutcome.no))
		.limit(1);
	if (last && last.is !== 'accepted') return { is: 'accepted' };
	const undo: Handler<unknown>['withdraw'] = handlerOf(base.kind)?.withdraw;
	if (!undo) return { is: 'rejected', code: 'error_sync_withdraw', fix: 'leader' };
	return undo(tx, received(op, content, actor), { no: base.no, id: base.id });
}

/** Has its person deleted it on the phone? */
async function wasVoided(tx: Tx, op: Stored): Promise<boolean> {
	const [found] = await tx
		.select({ no: syncOp.no })
		.from(syncOp)
		.where(and(eq(syncOp.base, op.id), eq(syncOp.kind, 'void'), eq(syncOp.author, op.author)))
		.limit(1);
	return found !== undefined;
}

/** Ids among `deps` that have not arrived, or wait themselves. */
async function missingDeps(tx: Tx, op: Stored, deps: string[]): Promise<string[]> {
	if (deps.length === 0) return [];
	const there = await tx
		.select({ id: syncOp.id })
		.from(syncOp)
		.leftJoin(syncWaiting, eq(syncWaiting.op, syncOp.no))
		.where(and(among(syncOp.id, deps), eq(syncOp.municipality, op.municipality), isNull(syncWaiting.op)));
	return deps.filter((one) => !there.some((found) => found.id === one));
}

async function wait(tx: Tx, op: Stored, { needs }: Needs, code: string): Promise<Decided> {
	await tx
		.insert(syncWaiting)
		.values([...new Set(needs)].map((one) => ({ municipality: op.municipality, op: op.no, needs: one })))
		.onConflictDoNothing();
	return { is: 'waiting', code };
}

function misshapen(issues: readonly z.core.$ZodIssue[]): Decided {
	const [first] = issues;
	const field = first?.path.length ? String(first.path[0]) : null;
	if (first?.message.startsWith('error_')) return { is: 'needsFix', code: first.message, field, fix: 'edit' };
	return { is: 'rejected', code: 'error_sync_payload', field, fix: 'leader' };
}

const received = (op: Stored, content: Bytes, actor: Actor): ReceivedOp => ({
	no: op.no,
	id: op.id,
	kind: op.kind,
	kv: op.kv,
	actor,
	body: content.body,
	at: op.at,
	flags: op.flags ?? [],
	clockBehind: op.flags?.includes('corrected') ? op.at.getTime() - Date.parse(content.at) : 0,
	promised: op.flags?.includes('promised') ?? false,
	receivedAt: op.receivedAt,
	base: content.base,
	deps: content.deps,
	blobs: content.blobs,
	device: op.device
});

// Every push asks this, and hardly ever does anything wait.
const freedBy = once((tx: Tx) =>
	tx.delete(syncWaiting).where(amongThose(syncWaiting.needs, 'ids')).returning({ op: syncWaiting.op }).prepare()
);

/**
 * Applies what waited for these ops (`''`: for ourselves), and what waited for that in turn. Each with its own author's rights.
 * Returns the new outcomes.
 */
export async function release(
	tx: Tx,
	settled: string[],
	stands: ReturnType<typeof standing>,
	now: Date
): Promise<Map<number, Decided>> {
	const decided = new Map<number, Decided>();
	let ids = settled;
	while (ids.length > 0) {
		const freed = await freedBy(tx).execute({ ids: listed(ids) });
		const numbers = [...new Set(freed.map((one) => one.op))];
		ids = [];
		if (numbers.length === 0) break;
		const still = tx.select({ op: syncWaiting.op }).from(syncWaiting).where(among(syncWaiting.op, numbers));
		const ready = await tx
			.select({ op: syncOp, bytes: syncPayload.bytes })
			.from(syncOp)
			.innerJoin(syncPayload, eq(syncPayload.op, syncOp.no))
			.where(and(among(syncOp.no, numbers), notInArray(syncOp.no, still)))
			// In the order the phone made them, whatever order they came in.
			.orderBy(syncOp.device, syncOp.epoch, syncOp.seq);
		for (const { op, bytes } of ready) {
			const content = thaw(bytes);
			const actor = await actorOf(tx, op.municipality, op.author, now);
			if (!content) continue;
			const outcome: Decided = actor
				? await decide(tx, actor, op, content, stands, await wasVoided(tx, op))
				: { is: 'rejected', code: 'error_sync_body', fix: 'leader' };
			decided.set(op.no, outcome);
			if (outcome.is !== 'waiting') ids.push(op.id);
		}
	}
	return decided;
}
