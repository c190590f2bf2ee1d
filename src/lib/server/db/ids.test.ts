import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('an id is a UUIDv7 that carries its time', () => {
	const now = Date.UTC(2026, 2, 31, 14, 59, 59, 999);
	const made = newId(now);
	expect(made).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	expect(Number.parseInt(made.replaceAll('-', '').slice(0, 12), 16)).toBe(now);
});

test('those made in one millisecond sort as they were made, and no two are the same', () => {
	const made = Array.from({ length: 2000 }, () => newId(1_700_000_000_000));
	expect([...made].sort()).toEqual(made);
	const many = new Set(Array.from({ length: 50_000 }, () => newId(1_700_000_000_001)));
	expect(many.size).toBe(50_000);
});
