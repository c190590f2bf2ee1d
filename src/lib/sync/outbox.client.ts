/** The sender's side of the store: what waits, and what a receipt changes. Only a receipt takes an op out of the queue. */
import { heard } from './database.client.ts';
import type { Connection, Database, OpRow } from './database.client.ts';
import type { Op, Result } from './protocol.ts';
import { byteLength, isDelicate, sha256, thaw } from './protocol.ts';
import { receipted } from './receipts.client.ts';
import { toBase64 } from './rescue.ts';
import { seal, unseal, type Sealed } from './seal.client.ts';
import type { Outbox } from './store.ts';
import type { OpContent } from './store.client.ts';

/** What was delivered stays whole for so long, whatever backups there are. */
const KEPT = 14 * 86_400_000;

/** Received, and not refused: its person has nothing to do with the content any more. */
const lets = (row: OpRow): boolean =>
	row.state === 'delivered' && row.outcome?.is !== 'rejected' && row.outcome?.is !== 'needsFix';

/** The id inside bytes that this store froze, or opened and compared, itself. */
const idIn = (bytes: string): string => (JSON.parse(bytes) as { id: string }).id;

export function createOutbox(
	connection: Connection,
	key: CryptoKey,
	changed: () => void,
	finished: Set<() => void>
): Outbox {
	/** The frozen bytes of a row, or undefined when they are not what was frozen. */
	async function bytesOf(row: OpRow): Promise<string | undefined> {
		const content = row.box && (await unseal<OpContent>(key, row.id, row.box).catch(() => undefined));
		if (!content || (await sha256(content.bytes)) !== row.hash || thaw(content.bytes)?.id !== row.id) return undefined;
		return content.bytes;
	}

	async function change(ids: string[], how: (row: OpRow, db: Database) => OpRow | undefined): Promise<void> {
		if (ids.length === 0) return;
		await connection.use(async (db) => {
			const tx = heard(db.transaction('ops', 'readwrite'));
			// Asked for together: a hundred questions one after the other take a phone a tenth of a second.
			const written = ids.map(async (id) => {
				const row = await tx.store.get(id);
				const next = row && how(row, db);
				if (next) await tx.store.put(next);
			});
			await Promise.all([...written, tx.done]);
		});
		changed();
	}

	const inState = (db: Database, state: OpRow['state'], from: number, upTo = Infinity, count?: number) =>
		db.getAllFromIndex('ops', 'state', IDBKeyRange.bound([state, from], [state, upTo]), count);

	const waitingRows = async (db: Database) => [...(await inState(db, 'queued', 0)), ...(await inState(db, 'held', 0))];

	/** The boxes of delicate ones without what was written: the line for the lists stays. */
	async function slimOf(ids: string[]): Promise<Map<string, Sealed>> {
		const rows = await connection.use((db) => Promise.all(ids.map((id) => db.get('ops', id))));
		const slim = new Map<string, Sealed>();
		for (const row of rows) {
			const box = row && isDelicate(row.kind) && !row.pruned && row.box;
			const content = box && (await unseal<OpContent>(key, row.id, box).catch(() => undefined));
			if (content)
				slim.set(row.id, await seal(key, row.id, { bytes: '', summary: content.summary } satisfies OpContent));
		}
		return slim;
	}

	return {
		async waiting(count, size, after) {
			const { rows, me } = await connection.use(async (db) => {
				const found = [
					...(await inState(db, 'queued', after + 1, Infinity, count)),
					...(await inState(db, 'held', after + 1, Infinity, count))
				];
				const me = await db.get('identity', 'identity');
				return { rows: found.sort((a, b) => a.seq - b.seq).slice(0, count), me };
			});
			if (!me) return [];
			const ops: Op[] = [];
			let total = 0;
			const damaged: string[] = [];
			const opened = await Promise.all(rows.map(bytesOf));
			for (const [n, row] of rows.entries()) {
				const bytes = opened[n];
				if (bytes === undefined) {
					damaged.push(row.id);
					continue;
				}
				const receipt =
					row.no !== undefined && row.era !== undefined && row.sig !== undefined
						? { receipt: { era: row.era, no: row.no, sig: row.sig } }
						: {};
				const op = { device: me.device, epoch: me.epoch, seq: row.seq, hash: row.hash, bytes, ...receipt };
				total += byteLength(JSON.stringify(op)) + 1;
				if (total > size && ops.length > 0) break;
				ops.push(op);
			}
			// One that cannot be read stays, is shown, and delays nobody.
			await change(damaged, (row) => ({ ...row, state: 'broken', reason: 'damaged' }));
			return ops.length === 0 && damaged.length > 0 ? this.waiting(count, size, after) : ops;
		},

		async head() {
			return connection.use(async (db) => {
				const all = (state: OpRow['state']) =>
					db.countFromIndex('ops', 'state', IDBKeyRange.bound([state, 0], [state, Infinity]));
				const [me, queued, held, ...first] = await Promise.all([
					db.get('identity', 'identity'),
					all('queued'),
					all('held'),
					inState(db, 'queued', 0, Infinity, 1),
					inState(db, 'held', 0, Infinity, 1)
				]);
				const oldest = first.flat().toSorted((a, b) => a.seq - b.seq)[0]?.at;
				return {
					lastSeq: me?.seq ?? 0,
					pending: queued + held,
					oldestAt: oldest === undefined ? null : new Date(oldest).toISOString()
				};
			});
		},

		async identity() {
			const me = await connection.use((db) => db.get('identity', 'identity'));
			return { device: me?.device ?? '', epoch: me?.epoch ?? '' };
		},

		async meet(server, era, backupNo) {
			const met = await connection.use(async (db) => {
				const tx = heard(db.transaction(['identity', 'ops', 'blobs'], 'readwrite', { durability: 'strict' }));
				const me = await tx.objectStore('identity').get('identity');
				if (!me || (me.server !== undefined && me.server !== server)) {
					await tx.done;
					return 'stranger' as const;
				}
				const restored = me.era !== undefined && me.era !== era;
				if (restored) {
					// The server was restored: it may lack what it had received. Everything still kept is offered again.
					for (const row of await tx.objectStore('ops').getAll())
						if (row.state === 'delivered' && row.box && !row.pruned)
							await tx.objectStore('ops').put({ ...row, state: 'queued' });
					for (const row of await tx.objectStore('blobs').getAll())
						if (row.state === 'sent') await tx.objectStore('blobs').put({ ...row, state: 'announced' });
				}
				if (me.server !== server || me.era !== era || (backupNo ?? me.backupNo) !== me.backupNo)
					await tx
						.objectStore('identity')
						.put({ ...me, server, era, ...(backupNo !== undefined && { backupNo }) }, 'identity');
				await tx.done;
				return restored ? ('restored' as const) : ('known' as const);
			});
			if (met === 'restored') changed();
			return met;
		},

		async settle(sent, results, receivedAt, era) {
			const ids = new Map(sent.map((op) => [op.hash, idIn(op.bytes)]));
			const receipts = new Map<string, Result>();
			for (const result of results) {
				const id = ids.get(result.hash);
				if (id) receipts.set(id, result);
			}
			const slim = await slimOf([...receipts.keys()]);
			const blobs: string[] = [];
			await change([...receipts.keys()], (row) => {
				const next = receipted(row, receipts.get(row.id)!, receivedAt, era);
				if (next.state === 'delivered') blobs.push(...next.blobs);
				// In the same breath as the receipt: nothing can come between the two.
				const box = slim.get(row.id);
				return box && lets(next) ? { ...next, box, pruned: true } : next;
			});
			if (blobs.length > 0)
				await connection.use(async (db) => {
					const tx = heard(db.transaction('blobs', 'readwrite'));
					for (const sha256 of blobs) {
						const row = await tx.store.get(sha256);
						if (row?.state === 'kept') await tx.store.put({ ...row, state: 'announced' });
					}
					await tx.done;
				});
		},

		async offerAgain(ranges) {
			const ids: string[] = [];
			await connection.use(async (db) => {
				ids.length = 0;
				for (const [from, to] of ranges)
					for (const row of await inState(db, 'delivered', from, to)) if (row.box && !row.pruned) ids.push(row.id);
			});
			await change(ids, (row) => ({ ...row, state: 'queued' }));
		},

		async hold(sent, reason) {
			const ids =
				sent === 'all'
					? await connection.use(async (db) => (await waitingRows(db)).map((row) => row.id))
					: sent.map((op) => idIn(op.bytes));
			await change(ids, (row) =>
				row.state === 'queued' || row.state === 'held' ? { ...row, state: 'held', reason } : undefined
			);
		},

		async prune(now) {
			const rows = await connection.use(async (db) => {
				const me = await db.get('identity', 'identity');
				const old = now.getTime() - KEPT;
				return (await inState(db, 'delivered', 0)).filter(
					(row) =>
						row.box &&
						!row.pruned &&
						row.era === me?.era &&
						row.no! <= (me?.backupNo ?? -1) &&
						row.receivedAt! <= old &&
						row.outcome?.is !== 'needsFix' &&
						row.outcome?.is !== 'waiting'
				);
			});
			const slim = new Map<string, Sealed>();
			for (const row of rows) {
				const content = await unseal<OpContent>(key, row.id, row.box!).catch(() => undefined);
				if (content)
					slim.set(row.id, await seal(key, row.id, { bytes: '', summary: content.summary } satisfies OpContent));
			}
			// Offered again meanwhile, after a restore: it stays whole.
			await change([...slim.keys()], (row) =>
				row.state === 'delivered' ? { ...row, box: slim.get(row.id)!, pruned: true } : undefined
			);
			if (slim.size > 0) await connection.use(dropOldBlobs);
			return slim.size;
		},

		async broken(id) {
			const [row, me] = await connection.use((db) => Promise.all([db.get('ops', id), db.get('identity', 'identity')]));
			if (row?.state !== 'broken' || !me) return undefined;
			const { seq, hash, kind, box } = row;
			const place = { device: me.device, epoch: me.epoch, seq, hash };
			const bytes = await bytesOf(row);
			if (bytes !== undefined) return { op: { ...place, bytes } };
			const [iv, data] = [box?.iv ?? [], box?.data ?? []].map((part) => toBase64(new Uint8Array(part)));
			return { rest: { ...place, id, kind, at: new Date(row.at).toISOString(), iv: iv!, data: data! } };
		},

		blobsWaiting: () => connection.use((db) => db.getAllKeysFromIndex('blobs', 'state', 'announced')),

		async blobSent(sha256) {
			await connection.use(async (db) => {
				const tx = heard(db.transaction('blobs', 'readwrite'));
				const row = await tx.store.get(sha256);
				if (row) await tx.store.put({ ...row, state: 'sent' });
				await tx.done;
			});
			changed();
		},

		onFinish(call) {
			finished.add(call);
			return () => void finished.delete(call);
		}
	};
}

/** Photos that the server has, of ops that are pruned: nobody will ask for them. */
async function dropOldBlobs(db: Database): Promise<void> {
	const needed = new Set((await db.getAll('ops')).flatMap((row) => (row.pruned ? [] : row.blobs)));
	for (const sha256 of await db.getAllKeysFromIndex('blobs', 'state', 'sent'))
		if (!needed.has(sha256)) await db.delete('blobs', sha256);
}
