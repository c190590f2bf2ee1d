/** Reaches into the stores of a browser, past the app: many waiting records at once, and bits that flip on the disk. */
import type { Page } from '@playwright/test';

type Wish = { is: 'multiply'; upTo: number; each: 'alike' | 'different' } | { is: 'flip'; seq: number };

/**
 * Copies the one waiting record until there are `upTo`; their remarks end in a number. `different`: each with other figures and forty
 * letters of its own that no packing makes smaller. Returns all remarks.
 */
export const multiply = (page: Page, upTo: number, each: 'alike' | 'different' = 'alike'): Promise<string[]> =>
	reach(page, { is: 'multiply', upTo, each });

/** Flips one bit of the sealed content of a record. */
export const flip = (page: Page, seq: number): Promise<string[]> => reach(page, { is: 'flip', seq });

/** The sealed bytes of a record as they lie there, in base64. */
export const sealedOf = (page: Page, id: string): Promise<string> =>
	page.evaluate(async (id) => {
		const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('mp-store:'))!.name!;
		const base = await new Promise<IDBDatabase>((done) => {
			const request = indexedDB.open(name);
			request.onsuccess = () => done(request.result);
		});
		const row = await new Promise<{ box: { data: ArrayBuffer } }>((done) => {
			const request = base.transaction('ops').objectStore('ops').get(id) as IDBRequest<{ box: { data: ArrayBuffer } }>;
			request.onsuccess = () => done(request.result);
		});
		base.close();
		return btoa(String.fromCharCode(...new Uint8Array(row.box.data)));
	}, id);

function reach(page: Page, wish: Wish): Promise<string[]> {
	return page.evaluate(async (wish) => {
		type Row = { id: string; seq: number; hash: string; box: { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer } };
		type Identity = { seq: number };
		const asked = <T>(request: IDBRequest<T>) =>
			new Promise<T>((done, failed) => {
				request.onsuccess = () => done(request.result);
				request.onerror = () => failed(request.error);
			});
		const over = (tx: IDBTransaction) =>
			new Promise<void>((done, failed) => {
				tx.oncomplete = () => done();
				tx.onabort = () => failed(tx.error);
			});
		const utf8 = new TextEncoder();
		const text = (data: ArrayBuffer) => new TextDecoder().decode(data);
		const how = (id: string, iv: Uint8Array<ArrayBuffer>) => ({
			name: 'AES-GCM',
			iv,
			additionalData: utf8.encode(id)
		});
		const name = (await indexedDB.databases()).find((one) => one.name?.startsWith('mp-store:'))!.name!;
		const base = await asked(indexedDB.open(name));
		const rows = await asked(base.transaction('ops').objectStore('ops').getAll() as IDBRequest<Row[]>);
		const key = await asked(base.transaction('key').objectStore('key').get('key') as IDBRequest<CryptoKey>);
		const me = await asked(
			base.transaction('identity').objectStore('identity').get('identity') as IDBRequest<Identity>
		);
		const made: Row[] = [];
		const remarks: string[] = [];
		if (wish.is === 'flip') {
			const row = rows.find(({ seq }) => seq === wish.seq)!;
			const bits = new Uint8Array(row.box.data);
			bits[20]! ^= 1;
			made.push(row);
		} else {
			const first = rows.at(-1)!;
			const whole = text(await crypto.subtle.decrypt(how(first.id, first.box.iv), key, first.box.data));
			const { bytes, summary } = JSON.parse(whole) as { bytes: string; summary: string };
			type Content = { id: string; payload: { remarks: string; handOver: string; metres: number } };
			remarks.push((JSON.parse(bytes) as Content).payload.remarks);
			for (let n = 1; n < wish.upTo; n++) {
				const content = JSON.parse(bytes) as Content;
				content.id = first.id.slice(0, -12) + crypto.randomUUID().slice(-12);
				content.payload.remarks += ` ${n}`;
				if (wish.each === 'different') {
					const own = crypto.getRandomValues(new Uint16Array(40));
					content.payload.handOver = String.fromCodePoint(...own.map((code) => 0x4e00 + (code % 0x5000)));
					content.payload.metres = 500 + (own[0]! % 4000);
				}
				remarks.push(content.payload.remarks);
				const frozen = JSON.stringify(content);
				const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', utf8.encode(frozen)));
				const hash = [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
				const iv = crypto.getRandomValues(new Uint8Array(12));
				const inside = utf8.encode(JSON.stringify({ bytes: frozen, summary }));
				const box = { iv, data: await crypto.subtle.encrypt(how(content.id, iv), key, inside) };
				made.push({ ...first, id: content.id, hash, box, seq: ++me.seq });
			}
		}
		const tx = base.transaction(['ops', 'identity'], 'readwrite');
		for (const row of made) tx.objectStore('ops').put(row);
		tx.objectStore('identity').put(me, 'identity');
		await over(tx);
		base.close();
		return remarks;
	}, wish);
}

/** Writes until not even a few bytes more fit, beside the app's own store. */
export async function fillDevice(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const base = await new Promise<IDBDatabase>((done) => {
			const request = indexedDB.open('ballast', 1);
			request.onupgradeneeded = () => request.result.createObjectStore('stones', { autoIncrement: true });
			request.onsuccess = () => done(request.result);
		});
		const fits = (size: number) =>
			new Promise<boolean>((done) => {
				const tx = base.transaction('stones', 'readwrite');
				tx.objectStore('stones').put(crypto.getRandomValues(new Uint8Array(Math.min(size, 65536))));
				for (let more = 65536; more < size; more += 65536)
					tx.objectStore('stones').put(crypto.getRandomValues(new Uint8Array(65536)));
				tx.oncomplete = () => done(true);
				tx.onabort = () => done(false);
			});
		for (let size = 1 << 20; size >= 64; size /= 4) while (await fits(size));
		base.close();
	});
}
