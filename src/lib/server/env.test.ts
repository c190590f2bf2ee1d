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

test('mail and push are set up whole or not at all', () => {
	const ORIGIN = 'https://mimamori.example.jp';
	const keys = { VAPID_PUBLIC_KEY: 'B'.repeat(87), VAPID_PRIVATE_KEY: 'x'.repeat(43), VAPID_SUBJECT: 'mailto:a@b.jp' };
	const mail = { SMTP_URL: 'smtps://mail.example.jp', MAIL_FROM: 'town@example.jp' };
	expect(checkEnv({ ORIGIN, ...keys, ...mail })).toMatchObject({ ...keys, ...mail });
	expect(() => checkEnv({ ORIGIN, SMTP_URL: mail.SMTP_URL })).toThrow(/MAIL_FROM/);
	expect(() => checkEnv({ ORIGIN, MAIL_FROM: mail.MAIL_FROM })).toThrow(/SMTP_URL/);
	expect(() => checkEnv({ ORIGIN, ...mail, SMTP_URL: 'http://mail.example.jp' })).toThrow(/SMTP_URL/);
	for (const key of Object.keys(keys)) expect(() => checkEnv({ ORIGIN, ...keys, [key]: '' })).toThrow(/VAPID/);
	expect(() => checkEnv({ ORIGIN, ...keys, VAPID_PRIVATE_KEY: 'short' })).toThrow(/VAPID_PRIVATE_KEY/);
});
