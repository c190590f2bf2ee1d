/** One IndexedDB database per person on this browser. The contract is in `store.ts`. */
import { heard, Connection, settleIn, type DraftRow, type OpRow } from './database.client.ts';
import { announcer, forget, line, rfc3339 } from './lines.client.ts';
import { createOutbox } from './outbox.client.ts';
import { freeze, isDelicate, sha256, thaw, uuid, type Frozen } from './protocol.ts';
import { seal, unseal } from './seal.client.ts';
import { createShelf } from './shelf.client.ts';
import { StaleDraft, StoreLost, type Clock, type Draft, type Finish, type OpLine, type Store } from './store.ts';

export * from './store.ts';
export { rfc3339 } from './lines.client.ts';

const ownClock: Clock = { now: () => Date.now(), mono: () => performance.now(), boot: crypto.randomUUID() };

/** What is sealed of an op. */
export type OpContent = { bytes: string; summary: string };

/** Opens (and creates) the store of one person on this browser. Rejects with `StoreUnavailable` or `StoreNewer`. */
export async function openStore(person: string, clock: Clock = ownClock): Promise<Store> {
	const connection = new Connection(person);
	const { identity, key } = await connection.use((db) => settleIn(db, clock.now()));
	const { subscribe, changed, silence } = announcer(person);
	const finished = new Set<() => void>();
	/** Summaries do not change: opening each box once is enough. */
	const summaries = new Map<string, string>();
	const outbox = createOutbox(connection, key, changed, finished);

	/** The own op that a `void` deletes. */
	const erasedBy = (what: Finish) =>
		what.kind === 'void' && what.base !== undefined
			? connection.use((db) => db.get('ops', what.base!))
			: Promise.resolve(undefined);

	async function freezeFinish(what: Finish): Promise<Frozen> {
		const gone = await erasedBy(what);
		const now = clock.now();
		return freeze({
			v: 1,
			id: uuid(now),
			kind: what.kind,
			kv: what.kv,
			author: person,
			body: what.body,
			at: rfc3339(now),
			mono: clock.mono(),
			boot: clock.boot,
			...(what.base && { base: what.base }),
			deps: what.deps ?? [],
			blobs: what.blobs ?? [],
			payload: gone ? { ...what.payload, seq: gone.seq } : what.payload
		});
	}

	async function keep(what: Finish, draft?: { id: string; revision: number }): Promise<OpLine> {
		const gone = await erasedBy(what);
		const { bytes, hash } = what.frozen ?? (await freezeFinish(what));
		const content = thaw(bytes)!;
		const box = await seal(key, content.id, { bytes, summary: what.summary } satisfies OpContent);
		await connection.use(async (db) => {
			const tx = heard(db.transaction(['identity', 'key', 'drafts', 'ops'], 'readwrite', { durability: 'strict' }));
			const aborted = tx.done.catch((error: unknown) => error);
			try {
				// A second try after a lost connection: the first may have been written after all.
				if (await tx.objectStore('ops').get(content.id)) return void (await tx.done);
				let me = await tx.objectStore('identity').get('identity');
				if (!me) {
					// Somebody emptied the store under us. What is on screen is kept in a new one; the server sees the new epoch.
					me = { device: identity.device, epoch: uuid(clock.now()), seq: 0 };
					await tx.objectStore('key').put(key, 'key');
				} else if (draft && (await tx.objectStore('drafts').get(draft.id))?.revision !== draft.revision)
					throw new StaleDraft('finished or changed elsewhere');
				me.seq += 1;
				await tx.objectStore('identity').put(me, 'identity');
				const row: OpRow = {
					id: content.id,
					seq: me.seq,
					hash,
					kind: content.kind,
					at: Date.parse(content.at),
					state: 'queued',
					damaged: 0,
					blobs: content.blobs,
					box
				};
				await tx.objectStore('ops').put(row);
				const base = gone && (await tx.objectStore('ops').get(gone.id));
				if (base && base.state !== 'delivered') {
					const { box, ...bare } = base;
					const kept = isDelicate(base.kind) ? bare : { ...bare, ...(box && { box }) };
					await tx.objectStore('ops').put({ ...kept, state: 'voided' });
				}
				if (draft) await tx.objectStore('drafts').delete(draft.id);
				await tx.done;
			} catch (error) {
				try {
					tx.abort();
				} catch {
					// It had ended by itself; why it did (a full device) says more than the request it cut off.
					throw (await aborted) ?? error;
				}
				throw error;
			}
		});
		// Saved is what can be read back.
		const written = await connection.use((db) => db.get('ops', content.id));
		const back = written?.box && (await unseal<OpContent>(key, content.id, written.box).catch(() => undefined));
		if (!written || !back || (await sha256(back.bytes)) !== hash) throw new StoreLost('what was written is not there');
		summaries.set(content.id, what.summary);
		changed();
		for (const call of finished) call();
		return line(written, what.summary, new Set());
	}

	async function openDraft({ box, updatedAt, ...row }: DraftRow): Promise<Draft | undefined> {
		const data = await unseal<Draft['data']>(key, `draft:${row.id}`, box).catch(() => undefined);
		return data && { ...row, updatedAt: new Date(updatedAt), data };
	}

	async function summaryOf(row: OpRow): Promise<string | undefined> {
		if (!row.box || summaries.has(row.id)) return summaries.get(row.id) ?? '';
		const content = await unseal<OpContent>(key, row.id, row.box).catch(() => undefined);
		if (content) summaries.set(row.id, content.summary);
		return content?.summary;
	}

	const content = async (id: string) => {
		const row = await connection.use((db) => db.get('ops', id));
		const box = row?.box && (await unseal<OpContent>(key, id, row.box).catch(() => undefined));
		return box && thaw(box.bytes ?? '');
	};

	return {
		person,
		device: identity.device,
		clock,
		outbox,
		subscribe,

		async saveDraft({ id, kind, revision, recording, data }) {
			const box = await seal(key, `draft:${id}`, data);
			const next = await connection.use(async (db) => {
				const tx = heard(db.transaction('drafts', 'readwrite'));
				const stored = await tx.store.get(id);
				if ((stored?.revision ?? 0) !== revision) {
					await tx.done;
					return undefined;
				}
				const row = { id, kind, revision: revision + 1, recording, updatedAt: clock.now(), box };
				await Promise.all([tx.store.put(row), tx.done]);
				return row.revision;
			});
			if (next === undefined) throw new StaleDraft('changed elsewhere');
			changed();
			return next;
		},

		async drafts() {
			const rows = await connection.use((db) => db.getAll('drafts'));
			const opened = await Promise.all(rows.map(openDraft));
			return opened.filter((one) => one !== undefined).sort((a, b) => +b.updatedAt - +a.updatedAt);
		},

		async draft(id) {
			const row = await connection.use((db) => db.get('drafts', id));
			return row && openDraft(row);
		},

		async deleteDraft(id) {
			await connection.use((db) => db.delete('drafts', id));
			changed();
		},

		async isRecording() {
			return (await connection.use((db) => db.getAll('drafts'))).some((row) => row.recording);
		},

		finish: (draftId, revision, what) => keep(what, { id: draftId, revision }),
		submit: (what) => keep(what),
		freeze: freezeFinish,

		async discard() {
			const rows = await connection.use(async (db) => db.getAllFromIndex('ops', 'seq'));
			const waiting = rows.filter((row) => (row.state === 'queued' || row.state === 'held') && row.kind !== 'void');
			for (const row of waiting) {
				const erased = await content(row.id);
				// One that cannot be read says not for whom it was; its place stays open, which is the truth.
				if (erased) await keep({ kind: 'void', kv: 1, body: erased.body, base: row.id, payload: {}, summary: '' });
				await connection.use((db) => forget(db, row.id));
			}
			await connection.use(async (db) => {
				await db.clear('drafts');
				await db.clear('mirrors');
				for (const sha256 of await db.getAllKeysFromIndex('blobs', 'state', 'kept')) await db.delete('blobs', sha256);
			});
			changed();
			return waiting.length;
		},

		async ops() {
			const [rows, unsent] = await connection.use(async (db) => [
				await db.getAllFromIndex('ops', 'seq'),
				new Set(
					(
						await Promise.all((['kept', 'announced'] as const).map((s) => db.getAllKeysFromIndex('blobs', 'state', s)))
					).flat()
				)
			]);
			const lines = await Promise.all(rows.map(async (row) => line(row, await summaryOf(row), unsent)));
			return lines.reverse();
		},

		content,
		payload: async (id) => (await content(id))?.payload,

		...createShelf(connection, key, clock, changed),

		close() {
			silence();
			connection.close();
		}
	};
}
