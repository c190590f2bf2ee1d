/**
 * Which room applies which kind of op. Rooms register; the receiver asks. `src/lib/sync` knows no room: the wiring stands in
 * `routes/api/v1/sync/handlers.ts`.
 */
import type * as z from 'zod/mini';
import type { Actor } from '#lib/people/permissions.ts';
import type { Tx } from '#lib/server/db/index.ts';
import type { Body, Outcome } from './protocol.ts';
import type { OpFlag } from './tables.server.ts';

/** An op as a handler receives it: stored, intact, its author known and in that body at that time. */
export type ReceivedOp = {
	/** Number of its receipt, and the id made on the phone (the idempotency key: use it as id of what you write). */
	no: number;
	id: string;
	kind: string;
	kv: number;
	/** The author with what they may do now. */
	actor: Actor;
	body: Body;
	/** When it was finished, corrected for a wrong clock as far as we know; `flags` say where we do not. */
	at: Date;
	flags: OpFlag[];
	/** Milliseconds the phone's clock was behind; 0 where it was right, or nobody knows. Times the phone took from its clock shift by it, typed ones never. */
	clockBehind: number;
	/** Accepted before a restore, by our own signature: it beats what was given since (`restoredAt`). */
	promised: boolean;
	receivedAt: Date;
	base: string | undefined;
	deps: string[];
	/** SHA-256 of photos and tracks; they may arrive later. */
	blobs: string[];
	device: string;
};

/** What became of it. Nothing returned is `accepted`. Throw `RuleBroken` (needs fixing), `Forbidden` or `NotFound` (rejected): your writes are undone, the op stays. */
export type Applied = Pick<Outcome, 'is' | 'code' | 'field' | 'fix'> | void;

export type Handler<P> = {
	/** One schema per version of the payload; every version ever released stays, and yields the newest shape. */
	schema: Record<number, z.ZodMiniType<P>>;
	/** Runs in a savepoint of the push. At most once per op takes effect. */
	apply(tx: Tx, op: ReceivedOp, payload: P): Promise<Applied>;
	/** The person deleted `base`, an op of this kind that had arrived already. Without this the leader is asked. */
	withdraw?(tx: Tx, op: ReceivedOp, base: { no: number; id: string }): Promise<Applied>;
};

const handlers = new Map<string, Handler<unknown>>();

/** Registers the handler of a kind; a second one for the same kind replaces the first. */
export function registerHandler<P>(kind: string, handler: Handler<P>): void {
	handlers.set(kind, handler as Handler<unknown>);
}

export const handlerOf = (kind: string): Handler<unknown> | undefined => handlers.get(kind);

/** Every kind that some room applies. */
export const registeredKinds = (): string[] => [...handlers.keys()];
