/** Photos follow their record in pieces, and nothing else is taken for one. */
import { describe, expect, it } from 'vitest';
import { db } from '#lib/server/db/index.ts';
import { town } from '../../../tests/people.ts';
import { fact, my, openPhone } from '../../../tests/phone-store.ts';
import { answerLost } from '../../../tests/sync-server.ts';
import { blobOf, onTheWay } from './blobs.server.ts';

const people = openPhone();

describe('photos', () => {
	const photo = new Uint8Array(600_000).fill(7);
	photo.set([0xff, 0xd8, 0xff]);

	it('follow their record, in pieces, and go on where the line broke', async () => {
		const sha256 = await my.store.putBlob(photo, 'image/jpeg');
		const { id } = await my.store.submit(fact({ blobs: [sha256] }));
		let pieces = 0;
		my.line.weather = async (reach, path) => {
			if (path.includes('/blob/') && ++pieces === 2) return answerLost(reach, path);
			return reach();
		};
		expect(await my.sender.sendNow()).toBe('offline');
		expect(await onTheWay(db, town.municipality, [id])).toEqual([{ op: id, sha256 }]);
		expect((await my.store.ops())[0]).toMatchObject({ state: 'delivered', blobsWaiting: 1 });
		my.line.weather = (reach) => reach();
		my.line.asked.length = 0;
		expect(await my.sender.sendNow()).toBe('done');
		// One question where to go on, and the last piece.
		expect(my.line.asked).toHaveLength(2);
		expect((await my.store.ops())[0]).toMatchObject({ blobsWaiting: 0 });
		const kept = await blobOf(db, town.municipality, sha256);
		expect(kept!.type).toBe('image/jpeg');
		expect(Buffer.compare(kept!.bytes, Buffer.from(photo))).toBe(0);
		expect(await onTheWay(db, town.municipality, [id])).toEqual([]);
	});

	it('are not taken unannounced, from another person, or when they are something else', async () => {
		const put = (sha256: string, body: BodyInit, total: number, start = 0) =>
			my.line.fetch(`/api/v1/sync/blob/${sha256}`, {
				method: 'PUT',
				body,
				headers: { 'x-mp-offset': String(start), 'x-mp-total': String(total) }
			});
		expect((await put('a'.repeat(64), new Uint8Array([0xff, 0xd8, 0xff, 0]), 4)).status).toBe(404);
		const script = new TextEncoder().encode('<svg onload=alert(1)>');
		const sha256 = await my.store.putBlob(script, 'image/jpeg');
		await my.store.submit(fact({ blobs: [sha256] }));
		await my.sender.sendNow();
		expect((await put(sha256, script, script.length)).status).toBe(422);
		my.line.actor = people.leader;
		expect((await put(sha256, photo.slice(0, 10), 10)).status).toBe(404);
		my.line.actor = people.volunteer;
		expect((await put(sha256, photo, 3_000_000)).status).toBe(413);
		expect((await put(sha256, photo, 10)).status).toBe(422);
		expect((await put('xyz', photo, 10)).status).not.toBe(200);
		expect(await blobOf(db, town.municipality, sha256)).toBeUndefined();
	});
});
