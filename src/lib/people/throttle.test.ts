import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TooBusy } from '#lib/server/errors.ts';
import { countTry, forgetTries, patience, type Counted } from './throttle.server.ts';

beforeEach(() => void vi.useFakeTimers({ now: new Date('2026-11-21T10:00:00+09:00') }));
afterEach(() => void vi.useRealTimers());

let n = 0;
const account = (): Counted => ({ kind: 'account', key: `someone-${n++}` });
const wait = async (...counted: Counted[]) => {
	try {
		await countTry(...counted);
		return 0;
	} catch (thrown) {
		return (thrown as TooBusy).seconds;
	}
};

it('five wrong tries are free, then the wait doubles up to a quarter of an hour and never becomes a lock', async () => {
	const who = account();
	for (let i = 0; i < patience.account.free; i++) expect(await wait(who)).toBe(0);
	for (const expected of [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]) {
		const last = await wait(who);
		expect(last).toBe(expected);
		vi.advanceTimersByTime(last * 1000);
		expect(await wait(who)).toBe(0);
	}
});

it('a hundred at once are a hundred tries', async () => {
	const who = account();
	const all = await Promise.all(Array.from({ length: 100 }, () => wait(who)));
	expect(all.filter((seconds) => seconds === 0).length).toBeLessThanOrEqual(patience.account.free + 1);
});

it('a right try begins anew, but not for the address', async () => {
	const [who, address]: Counted[] = [account(), { kind: 'address', key: '192.0.2.1' }];
	for (let i = 0; i < 5; i++) await countTry(who!, address!);
	await forgetTries(who!, address!);
	for (let i = 0; i < 5; i++) expect(await wait(who!)).toBe(0);
	expect(await wait(who!)).toBe(1);
	for (let i = 0; i < patience.address.free - 4; i++) await countTry(account(), address!);
	expect(await wait(account(), address!)).toBe(1);
});

it('the stranger waits, the known browser does not', async () => {
	const [stranger, known]: Counted[] = [account(), { kind: 'account', key: 'known:abc' }];
	for (let i = 0; i < 6; i++) await wait(stranger!);
	expect(await wait(stranger!)).toBeGreaterThan(0);
	expect(await wait(known!)).toBe(0);
});
