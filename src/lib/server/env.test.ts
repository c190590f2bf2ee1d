import { expect, test } from 'vitest';
import { checkEnv } from './env.ts';

test('an installation needs to know the address people type', () => {
	expect(() => checkEnv({})).toThrow(/ORIGIN/);
	expect(() => checkEnv({ ORIGIN: '' })).toThrow(/ORIGIN/);
	expect(() => checkEnv({ ORIGIN: 'javascript:alert(1)' })).toThrow(/ORIGIN/);
});

test('what is not said has a value, what is said is checked', () => {
	const env = checkEnv({ ORIGIN: 'https://mimamori.example.jp', PORT: '4100', DEMO: '1', LOG_LEVEL: '' });
	expect(env).toMatchObject({ PORT: 4100, DEMO: true, LOG_LEVEL: 'info', DATABASE: 'data/mimamori.db' });
	expect(checkEnv({ ORIGIN: 'http://localhost:3000' }).DEMO).toBe(false);
	expect(() => checkEnv({ ORIGIN: 'http://localhost', PORT: 'abc', LOG_LEVEL: 'loud' })).toThrow(/PORT[^]*LOG_LEVEL/);
});
