/** What lies sealed beside the records: photos, and the pack with which the phone works without a network. */
import { heard } from './database.client.ts';
import type { Connection } from './database.client.ts';
import { limits, sha256 } from './protocol.ts';
import { openBytes, seal, sealBytes, unseal, type Sealed } from './seal.client.ts';
import type { Clock, Pack, Store } from './store.ts';

export function createShelf(
	connection: Connection,
	key: CryptoKey,
	clock: Clock,
	changed: () => void
): Pick<Store, 'putBlob' | 'blob' | 'pack' | 'savePack'> {
	return {
		async putBlob(bytes, type) {
			if (bytes.byteLength > limits.blob) throw new RangeError('a photo is larger than it may be');
			const hash = await sha256(bytes);
			const box = await sealBytes(key, hash, bytes);
			await connection.use(async (db) => {
				const tx = heard(db.transaction('blobs', 'readwrite', { durability: 'strict' }));
				if (!(await tx.store.get(hash)))
					await tx.store.put({ sha256: hash, type, state: 'kept', at: clock.now(), box });
				await tx.done;
			});
			return hash;
		},

		async blob(hash) {
			const row = await connection.use((db) => db.get('blobs', hash));
			const bytes = row && (await openBytes(key, hash, row.box).catch(() => undefined));
			return row && bytes && { bytes, type: row.type };
		},

		async pack() {
			const row = await connection.use((db) => db.get('mirrors', 'pack'));
			const value = row && (await unseal<Pack['value']>(key, 'pack', row.box).catch(() => undefined));
			return row && value && { value, next: row.next, at: new Date(row.at) };
		},

		async savePack({ value, next, at }) {
			const box: Sealed = await seal(key, 'pack', value);
			await connection.use((db) => db.put('mirrors', { id: 'pack', next, at: at.getTime(), box }));
			changed();
		}
	};
}
