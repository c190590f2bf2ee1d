import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { patience } from '#lib/sync/protocol.ts';
import { bodyWithin, ifThereIsRoom, said } from './http.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A request whose body begins and never ends, and whether somebody has let go of it. */
function stalled(size: number) {
	const held = { letGo: false };
	const body = new ReadableStream<Uint8Array>({
		start: (controller) => controller.enqueue(new Uint8Array(10)),
		cancel: () => void (held.letGo = true)
	});
	const init = { method: 'POST', body, duplex: 'half', headers: { 'content-length': String(size) } };
	return { request: new Request('http://localhost/', init), held };
}

it('a body that does not come is waited for as long as its phone waits, and no longer', async () => {
	const { request, held } = stalled(4000);
	let read: Buffer | undefined | 'waiting' = 'waiting';
	void bodyWithin(request, 5000).then((body) => (read = body));
	await vi.advanceTimersByTimeAsync(patience(4000) - 1);
	expect([read, held.letGo]).toEqual(['waiting', false]);
	await vi.advanceTimersByTimeAsync(1);
	expect([read, held.letGo]).toEqual([undefined, true]);
});

it('a body is read whole up to its limit, whatever it says of its size', async () => {
	const of = (size: number, says = size) =>
		new Request('http://localhost/', {
			method: 'POST',
			body: new Uint8Array(size),
			headers: { 'content-length': String(says) }
		});
	expect((await bodyWithin(of(100), 100))?.length).toBe(100);
	expect(await bodyWithin(of(101), 100)).toBeUndefined();
	expect(await bodyWithin(of(101, 5), 100)).toBeUndefined();
	expect(await bodyWithin(of(5, 101), 100)).toBeUndefined();
	expect((await bodyWithin(new Request('http://localhost/', { method: 'POST' }), 100))?.length).toBe(0);
	expect(vi.getTimerCount()).toBe(0);
});

it('two hundred phones in a tunnel keep the others out until they have given up themselves', async () => {
	const phones = Array.from({ length: 200 }, () =>
		ifThereIsRoom(async () => {
			await bodyWithin(stalled(1000).request, 5000);
			return said({});
		})
	);
	const other = () => ifThereIsRoom(async () => said({}));
	expect((await other()).status).toBe(503);
	await vi.advanceTimersByTimeAsync(patience(1000));
	await Promise.all(phones);
	expect((await other()).status).toBe(200);
});
