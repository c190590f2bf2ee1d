/**
 * What a host wrote without a network: sealed on this device until the server has it, then only that it arrived. No account and no
 * pack: the link is the address it goes to. The id is made here, so that however often it is sent it is one.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { uuid } from '#lib/sync/protocol.ts';
import { newKey, seal, unseal, type Sealed } from '#lib/sync/seal.client.ts';
import { sendRunIn } from './hostSend.client.ts';
import type { RunInPayload } from './runIn.ts';
import type { RunInDraft } from './runInDraft.ts';

/** `refused`: the link opens nothing any more; what was written stays. */
export type HostLine = { id: string; at: number; state: 'waiting' | 'delivered' | 'refused'; deliveredAt?: number };
type Row = Omit<HostLine, 'state'> & { state: HostLine['state'] | 'draft'; box?: Sealed };
type Content = { path: string; told: RunInPayload };
type Box = DBSchema & { key: { key: string; value: CryptoKey }; records: { key: string; value: Row } };

const DAY = 86_400_000;
/** Between two tries by itself, while something waits. */
const AGAIN = 20_000;

export class HostRunIns {
	lines: HostLine[] = $state.raw([]);
	sending = $state(false);
	/** Written but not kept by this device: to be sent before the page is closed. */
	#loose: (Content & { id: string; at: number }) | undefined;
	unsaved = $state(false);
	#opened: Promise<{ db: IDBPDatabase<Box>; key: CryptoKey }> | undefined;
	#timer: ReturnType<typeof setInterval> | undefined;

	/** Reads what waits, and goes on trying to deliver it. Returns what was half written. */
	async start(): Promise<RunInDraft | undefined> {
		this.#timer ??= setInterval(() => void this.send(), AGAIN);
		const { db, key } = await this.#open();
		for (const row of await db.getAll('records'))
			if (row.state === 'delivered' && (row.deliveredAt ?? 0) < Date.now() - DAY) await db.delete('records', row.id);
		await this.#read();
		void this.send();
		const draft = await db.get('records', 'draft');
		return draft?.box && unseal<RunInDraft>(key, 'draft', draft.box);
	}

	stop(): void {
		clearInterval(this.#timer);
	}

	async saveDraft(draft: RunInDraft): Promise<void> {
		const { db, key } = await this.#open();
		const box = await seal(key, 'draft', draft);
		await db.put('records', { id: 'draft', at: Date.now(), state: 'draft', box });
	}

	/** Keeps what was finished, strictly and read back; where the device refuses it stays in hand and is sent at once. */
	async keep(path: string, told: RunInPayload): Promise<void> {
		const [id, at] = [uuid(Date.now()), Date.now()];
		try {
			const { db, key } = await this.#open();
			const box = await seal(key, id, { path, told } satisfies Content);
			const tx = db.transaction('records', 'readwrite', { durability: 'strict' });
			await Promise.all([tx.store.put({ id, at, state: 'waiting', box }), tx.store.delete('draft'), tx.done]);
			const kept = await db.get('records', id);
			if (!kept?.box) throw new Error('not kept');
			await unseal(key, id, kept.box);
		} catch {
			this.#loose = { id, at, path, told };
			this.unsaved = true;
		}
		await this.#read();
		void this.send();
	}

	/** Sends what waits, one after the other. Never rejects. */
	async send(): Promise<void> {
		if (this.sending) return;
		this.sending = true;
		try {
			await this.#sendLoose();
			const { db, key } = await this.#open();
			for (const row of await db.getAll('records')) {
				if (row.state !== 'waiting' || !row.box) continue;
				const { path, told } = await unseal<Content>(key, row.id, row.box);
				const became = await sendRunIn(path, row.id, told);
				const { box: _box, ...bare } = row;
				// What was written leaves the device with the receipt.
				if (became === 'delivered') await db.put('records', { ...bare, state: became, deliveredAt: Date.now() });
				if (became === 'refused') await db.put('records', { ...row, state: became });
				await this.#read();
			}
		} catch {
			// A browser that keeps nothing: what is in hand was tried above.
		} finally {
			this.sending = false;
		}
	}

	async throwAway(id: string): Promise<void> {
		const { db } = await this.#open();
		await db.delete('records', id);
		await this.#read();
	}

	async #sendLoose(): Promise<void> {
		const loose = this.#loose;
		if (!loose || (await sendRunIn(loose.path, loose.id, loose.told)) !== 'delivered') return;
		this.#loose = undefined;
		this.unsaved = false;
		this.lines = [{ id: loose.id, at: loose.at, state: 'delivered', deliveredAt: Date.now() }, ...this.lines];
	}

	async #read(): Promise<void> {
		const rows = await this.#open()
			.then(({ db }) => db.getAll('records'))
			.catch(() => []);
		this.lines = rows
			.flatMap(({ box: _box, state, ...row }) => (state === 'draft' ? [] : [{ ...row, state }]))
			.sort((a, b) => b.at - a.at);
	}

	#open() {
		this.#opened ??= open().catch((thrown: unknown) => {
			this.#opened = undefined;
			throw thrown;
		});
		return this.#opened;
	}
}

async function open() {
	const db = await openDB<Box>('mp-host', 1, {
		upgrade(made) {
			made.createObjectStore('key');
			made.createObjectStore('records', { keyPath: 'id' });
		}
	});
	const kept = await db.get('key', 'key');
	if (kept) return { db, key: kept };
	const fresh = await newKey();
	const tx = db.transaction('key', 'readwrite');
	// Another tab may have been first.
	const first = await tx.store.get('key');
	if (!first) await tx.store.put(fresh, 'key');
	await tx.done;
	return { db, key: first ?? fresh };
}
