/**
 * The person's IndexedDB database: its shape, and a connection that comes back when the browser drops it.
 * Upgrades only add. Nothing here deletes a database.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { uuid, type Outcome } from './protocol.ts';
import { newKey, type Sealed } from './seal.client.ts';
import {
	StoreBlocked,
	StoreFull,
	StoreLost,
	StoreNewer,
	StoreUnavailable,
	type HeldReason,
	type OpState
} from './store.ts';

const VERSION = 1;

/** `seq` is the last number given. `server`, `era` and `backupNo` are what the server last said of itself. */
export type Identity = {
	device: string;
	epoch: string;
	seq: number;
	server?: string;
	era?: number;
	backupNo?: number;
};

export type OpRow = {
	id: string;
	seq: number;
	hash: string;
	kind: string;
	at: number;
	state: OpState;
	reason?: HeldReason;
	/** How often the server said the bytes arrived damaged. */
	damaged: number;
	blobs: string[];
	/** {bytes, summary}; gone when it was thrown away. */
	box?: Sealed;
	/** Only the summary is left in the box: id, seq, number and hash stay. */
	pruned?: true;
	no?: number;
	era?: number;
	sig?: string;
	receivedAt?: number;
	outcome?: Outcome;
};
export type DraftRow = {
	id: string;
	kind: string;
	revision: number;
	recording: boolean;
	updatedAt: number;
	box: Sealed;
};
/** `kept`: its op has no receipt yet. `announced`: may be sent. `sent`: the server has it. */
export type BlobRow = { sha256: string; type: string; state: 'kept' | 'announced' | 'sent'; at: number; box: Sealed };
export type MirrorRow = { id: string; next: string; at: number; box: Sealed };

export interface Shape extends DBSchema {
	identity: { key: 'identity'; value: Identity };
	key: { key: 'key'; value: CryptoKey };
	drafts: { key: string; value: DraftRow };
	ops: { key: string; value: OpRow; indexes: { seq: number; hash: string; state: [OpState, number] } };
	blobs: { key: string; value: BlobRow; indexes: { state: string } };
	mirrors: { key: string; value: MirrorRow };
}
export type Database = IDBPDatabase<Shape>;

/**
 * A transaction whose end somebody waits for, or nobody: when the browser cuts the store away, the request that was under way says so
 * where it is awaited, and the end of its transaction is no second, uncaught voice.
 */
export function heard<T extends { done: Promise<void> }>(tx: T): T {
	tx.done.catch(() => undefined);
	return tx;
}

const storeName = (person: string) => `mp-store:${person}`;

/** What the browser says when a connection is gone; iOS loses it in the background. */
const LOST = new Set(['InvalidStateError', 'UnknownError', 'AbortError', 'TransactionInactiveError']);
const nameOf = (error: unknown) => (error instanceof Error || error instanceof DOMException ? error.name : '');

/** A connection that reopens itself once when it was lost, and makes room once when the device is full. */
export class Connection {
	#person: string;
	#db: Database | undefined;
	#closed = false;

	constructor(person: string) {
		this.#person = person;
	}

	/** Runs `work`; it must be safe to run twice. */
	async use<T>(work: (db: Database) => Promise<T>): Promise<T> {
		let full = false;
		let lost = false;
		for (;;) {
			try {
				return await work(await this.open());
			} catch (error) {
				const name = nameOf(error);
				if (name === 'QuotaExceededError') {
					if (full) throw new StoreFull('no room', { cause: error });
					full = true;
					await this.#makeRoom();
				} else if (LOST.has(name)) {
					if (lost || this.#closed) throw new StoreLost('the store does not answer', { cause: error });
					lost = true;
					this.#drop();
				} else throw error;
			}
		}
	}

	async open(): Promise<Database> {
		if (this.#closed) throw new StoreLost('the store was closed');
		if (this.#db) return this.#db;
		let refuse: (why: Error) => void = () => undefined;
		const blocked = new Promise<never>((_done, failed) => (refuse = failed));
		try {
			const opening = openDB<Shape>(storeName(this.#person), VERSION, {
				upgrade: (db, old) => build(db, old),
				// An older page that sleeps in another tab holds it: better said than waited for without a word.
				blocked: () => refuse(new StoreBlocked('held by an older page')),
				// A newer page waits for us: let it have the store, and find out at the next call.
				blocking: () => this.#drop(),
				terminated: () => (this.#db = undefined)
			});
			const db = await Promise.race([opening, blocked]).catch((error: unknown) => {
				// Should it open after all, nobody uses it.
				void opening.then((late) => late.close()).catch(() => undefined);
				throw error;
			});
			this.#db = db;
			return db;
		} catch (error) {
			if (error instanceof StoreBlocked) throw error;
			const name = nameOf(error);
			if (name === 'VersionError') throw new StoreNewer('written by a newer version', { cause: error });
			if (LOST.has(name) || name === 'QuotaExceededError') throw error;
			throw new StoreUnavailable('this browser keeps nothing', { cause: error });
		}
	}

	close(): void {
		this.#closed = true;
		this.#drop();
	}

	#drop(): void {
		this.#db?.close();
		this.#db = undefined;
	}

	/** Map tiles, the pack and photos the server has go first; drafts and ops never. */
	async #makeRoom(): Promise<void> {
		if (typeof caches !== 'undefined')
			for (const name of await caches.keys()) if (name.startsWith('mp-tiles')) await caches.delete(name);
		const db = await this.open();
		await db.clear('mirrors');
		for (const sha256 of await db.getAllKeysFromIndex('blobs', 'state', 'sent')) await db.delete('blobs', sha256);
	}
}

function build(db: Database, old: number): void {
	if (old < 1) {
		db.createObjectStore('identity');
		db.createObjectStore('key');
		db.createObjectStore('drafts', { keyPath: 'id' });
		const ops = db.createObjectStore('ops', { keyPath: 'id' });
		ops.createIndex('seq', 'seq', { unique: true });
		ops.createIndex('hash', 'hash');
		ops.createIndex('state', ['state', 'seq']);
		db.createObjectStore('blobs', { keyPath: 'sha256' }).createIndex('state', 'state');
		db.createObjectStore('mirrors', { keyPath: 'id' });
	}
}

/** Gives a new store its device, epoch and key, once, whichever tab is first. */
export async function settleIn(db: Database, now: number): Promise<{ identity: Identity; key: CryptoKey }> {
	const made = await newKey();
	const tx = heard(db.transaction(['identity', 'key'], 'readwrite', { durability: 'strict' }));
	let identity = await tx.objectStore('identity').get('identity');
	if (!identity) {
		identity = { device: uuid(now), epoch: uuid(now), seq: 0 };
		await tx.objectStore('identity').put(identity, 'identity');
	}
	let key = await tx.objectStore('key').get('key');
	if (!key) {
		key = made;
		await tx.objectStore('key').put(key, 'key');
	}
	await tx.done;
	return { identity, key };
}
