/**
 * What the screens see of the phone's store. Types and named errors only; `store.client.ts` is the inside.
 * Promise: `finish` resolves only when the record is on this device, written strictly and read back.
 */
import type { Body, Bytes, Frozen, Head, Op, Outcome, Result } from './protocol.ts';

/** A form that is being filled. `data` is the screen's own; `recording` is true while a patrol is being walked. */
export type Draft = {
	id: string;
	kind: string;
	/** 0 for one that was never saved; every save gives the next. */
	revision: number;
	recording: boolean;
	updatedAt: Date;
	data: Record<string, unknown>;
};

/** `queued`: on this device, waiting to be sent. `held`: waits for `reason`. `delivered`: the server has it, `outcome` says what became of it. `broken`: cannot be read or is refused as damaged. `voided`: the person deleted it before it was known to have arrived; a `void` op tells the server. */
export type OpState = 'queued' | 'held' | 'delivered' | 'broken' | 'voided';

/** Why an op is not on its way. */
export type HeldReason = 'signedOut' | 'otherPerson' | 'revoked' | 'tooLarge' | 'server' | 'damaged';

/** One finished record, as lists show it. */
export type OpLine = {
	id: string;
	seq: number;
	kind: string;
	/** When the person finished it, by this device's clock. */
	at: Date;
	/** A line for people, given at `finish`. */
	summary: string;
	state: OpState;
	reason: HeldReason | undefined;
	outcome: Outcome | undefined;
	/** Number and time of the receipt. */
	no: number | undefined;
	receivedAt: Date | undefined;
	/** Photos of it that are still on the way. */
	blobsWaiting: number;
};

export type Finish = {
	kind: string;
	kv: number;
	body: Body;
	payload: Record<string, unknown>;
	/** SHA-256 of photos given to `putBlob` before. */
	blobs?: string[];
	base?: string;
	deps?: string[];
	/** A line for the lists: 「11/27 緑町コース 1.2km」. */
	summary: string;
	/** What `freeze` gave for the very same content: a second try, or an emergency copy, is then the same op and never a double. */
	frozen?: Frozen;
};

/** What the server gave this person for the road, and when. */
export type Pack = { value: Record<string, unknown>; next: string; at: Date };

/** The phone's clocks: wall time, milliseconds since this start of the app, and which start it is. */
export type Clock = { now: () => number; mono: () => number; boot: string };

export interface Store {
	readonly person: string;
	readonly device: string;
	/** The clocks this start of the app reckons with. */
	readonly clock: Clock;

	/** Writes the draft if nobody else did since `revision`; returns its new revision. Rejects with `StaleDraft`. */
	saveDraft(draft: Omit<Draft, 'updatedAt'>): Promise<number>;
	drafts(): Promise<Draft[]>;
	draft(id: string): Promise<Draft | undefined>;
	deleteDraft(id: string): Promise<void>;
	/** True while a patrol is being walked on this device (in any tab). */
	isRecording(): Promise<boolean>;

	/**
	 * Freezes a draft into an op: in one strict transaction {check draft and revision, next seq, put op, delete draft}, read
	 * back in a new one and compared. When this resolves, and only then, say 「この端末に保存しました」.
	 * Rejects with `StaleDraft`, `StoreFull`, `StoreLost`; the draft is then still there, or the form must stay on screen.
	 */
	finish(draftId: string, revision: number, what: Finish): Promise<OpLine>;
	/** Freezes without keeping: for an emergency copy of what the store may refuse. */
	freeze(what: Finish): Promise<Frozen>;
	/**
	 * The same for what needs no draft: one button pressed. Of kind `void` it deletes its `base`, an own op without a receipt: that one
	 * is not sent any more, and the `void` fills its place in the order, or withdraws it should it have arrived.
	 */
	submit(what: Finish): Promise<OpLine>;

	/** Newest first. */
	ops(): Promise<OpLine[]>;
	/** The frozen payload of an op, for showing or correcting it; undefined when it cannot be read. */
	payload(id: string): Promise<Record<string, unknown> | undefined>;
	/** The frozen whole of an op: a correction or a withdrawal speaks for the same body. */
	content(id: string): Promise<Bytes | undefined>;

	/** Keeps a photo or track until it has been sent; returns its SHA-256. Rejects with `StoreFull` or `RangeError` (> 2 MB). */
	putBlob(bytes: Uint8Array<ArrayBuffer>, type: string): Promise<string>;
	blob(sha256: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string } | undefined>;

	pack(): Promise<Pack | undefined>;
	savePack(pack: Pack): Promise<void>;

	/**
	 * 捨てる: drops drafts, the pack, and the content of everything that waits. What stays is a `void` op for each, so that the server learns
	 * that nothing is missing. Returns how many records were thrown away.
	 */
	discard(): Promise<number>;

	/** Calls back after every change, in this tab or another. Returns how to stop. */
	subscribe(changed: () => void): () => void;
	close(): void;

	/** For the sender. */
	readonly outbox: Outbox;
}

/** What is left of a record that cannot be read: which one it is, and its sealed bytes in base64. */
export type BrokenRest = Pick<Op, 'device' | 'epoch' | 'seq' | 'hash'> & {
	id: string;
	kind: string;
	at: string;
	iv: string;
	data: string;
};

/** What the sender needs of the store. */
export interface Outbox {
	/** Up to `count` ops and `size` bytes that wait (queued or held), in order of seq, beginning behind `after`. */
	waiting(count: number, size: number, after: number): Promise<Op[]>;
	head(): Promise<Head>;
	identity(): Promise<{ device: string; epoch: string }>;
	/** Remembers the server at its first answer. `restored`: its era changed, everything kept is back in the queue. `stranger`: another server. */
	meet(server: string, era: number, backupNo: number | undefined): Promise<'known' | 'restored' | 'stranger'>;
	/** Writes the receipts of one answer for those of `sent` it names by hash; anything else in it is ignored. */
	settle(sent: Op[], results: Result[], receivedAt: Date, era: number): Promise<void>;
	/** Puts back in the queue what the server says it lacks. */
	offerAgain(ranges: [number, number][]): Promise<void>;
	/** Says why these wait. They are offered again all the same: only a receipt takes an op out of the queue. */
	hold(sent: Op[] | 'all', reason: HeldReason): Promise<void>;
	/**
	 * Lets go of the content of what stands in a verified backup and was received 14 days ago by the server's clock; id, place in the order, number,
	 * hash and the line for the lists stay.
	 */
	prune(now: Date): Promise<number>;
	/** A `broken` one for another way: whole, where it can be read here but never arrived so; else what is left of it, still sealed. */
	broken(id: string): Promise<{ op: Op } | { rest: BrokenRest } | undefined>;
	/** Photos to send: those of ops that have a receipt. */
	blobsWaiting(): Promise<string[]>;
	blobSent(sha256: string): Promise<void>;
	/** Calls back when a person finished something in this tab. Returns how to stop. */
	onFinish(finished: () => void): () => void;
}

/** Somebody saved or finished this draft in another tab since. */
export class StaleDraft extends Error {
	override name = 'StaleDraft';
}
/** No room on the device, even after dropping map tiles and the pack. */
export class StoreFull extends Error {
	override name = 'StoreFull';
}
/** The browser lost the store and it could not be opened again, or what was read back is not what was written. */
export class StoreLost extends Error {
	override name = 'StoreLost';
}
/** This browser keeps nothing (private mode, storage switched off). */
export class StoreUnavailable extends Error {
	override name = 'StoreUnavailable';
}
/** The store was written by a newer version of the app: nothing is touched, the app must be updated. */
export class StoreNewer extends Error {
	override name = 'StoreNewer';
}
/** A page of an older version, in another tab, does not let go of the store: closing it helps. Nothing is touched. */
export class StoreBlocked extends Error {
	override name = 'StoreBlocked';
}
