import { describe, expect, it } from 'vitest';
import { bytesSchema, freeze, limits, pushSchema, resultSchema, sha256, thaw, uuid, type Bytes } from './protocol.ts';

const content = (over: Partial<Bytes> = {}): Bytes => ({
	v: 1,
	id: uuid(Date.UTC(2025, 10, 27)),
	kind: 'patrol.submit',
	kv: 1,
	author: 'tanaka',
	body: { type: 'association', id: 'honcho' },
	at: '2025-11-27T20:30:00+09:00',
	mono: 12.5,
	boot: 'b1',
	deps: [],
	blobs: [],
	payload: { remarks: '髙橋・𠮷田 <script>' },
	...over
});

describe('freezing', () => {
	it('names the bytes by the SHA-256 of their UTF-8', async () => {
		const { bytes, hash } = await freeze(content());
		expect(hash).toBe(await sha256(new TextEncoder().encode(bytes)));
		expect(thaw(bytes)?.payload).toEqual({ remarks: '髙橋・𠮷田 <script>' });
	});

	it('keeps odd text exactly: lone surrogates, NUL, direction marks, joined emoji', async () => {
		const remarks = '\ud800 \u0000 \u202e 👨‍👩‍👧 𠮷';
		const { bytes } = await freeze(content({ payload: { remarks } }));
		expect(bytes.isWellFormed()).toBe(true);
		expect(thaw(bytes)?.payload).toEqual({ remarks });
	});

	it('refuses what is too large by bytes, not characters', async () => {
		const remarks = '見'.repeat(limits.bytes / 3);
		expect(remarks.length).toBeLessThan(limits.bytes);
		await expect(freeze(content({ payload: { remarks } }))).rejects.toThrow(RangeError);
	});

	it.each([
		['an unknown key', { extra: 1 }],
		['a time without offset', { at: '2025-11-27T20:30:00' }],
		['nine photos', { blobs: Array(9).fill('a'.repeat(64)) }],
		['an id that is no UUIDv7', { id: '00000000-0000-4000-8000-000000000000' }],
		['nobody', { author: '' }],
		['a body of a kind there is not', { body: { type: 'person', id: 'x' } }],
		['a payload that is a list', { payload: [] }]
	])('refuses %s', async (_what, over) => {
		await expect(freeze({ ...content(), ...over } as unknown as Bytes)).rejects.toThrow(TypeError);
	});
});

describe('thawing', () => {
	it.each(['', 'null', '[]', '{', '{"v":1}', '{"__proto__":{"v":1}}', '['.repeat(10_000), '"\ud800"'])(
		'gives nothing for %j',
		(bytes) => expect(thaw(bytes)).toBeUndefined()
	);

	it('does not let a payload reach the prototype', () => {
		const parsed = thaw(JSON.stringify(content()).replace('"payload":{', '"payload":{"__proto__":{"admin":true},'));
		expect(({} as { admin?: boolean }).admin).toBeUndefined();
		expect((parsed?.payload as { admin?: boolean } | undefined)?.admin).toBeUndefined();
	});
});

it('sorts ids by the time they were made', () => {
	expect(uuid(1_700_000_000_000) < uuid(1_700_000_000_001)).toBe(true);
	expect(bytesSchema.safeParse(content({ id: uuid(0) })).success).toBe(true);
});

it('takes no receipt without a number and no push without ops', () => {
	expect(resultSchema.safeParse({ s: 'stored', hash: 'a'.repeat(64), outcome: { is: 'accepted' } }).success).toBe(
		false
	);
	expect(resultSchema.safeParse({ s: 'corrupt', hash: 'a'.repeat(64) }).success).toBe(true);
	expect(
		pushSchema.safeParse({
			p: 'mp-sync/1',
			app: '1',
			device: 'd',
			epoch: 'e',
			sentAt: '2025-11-27T20:30:00Z',
			mono: 1,
			boot: 'b',
			head: { lastSeq: 0, pending: 0, oldestAt: null },
			ops: []
		}).success
	).toBe(false);
});
