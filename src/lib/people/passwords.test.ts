import { expect, it } from 'vitest';
import { TooBusy } from '#lib/server/errors.ts';
import { isGuessable, newPassword } from './password.ts';
import { hashPassword, rightPassword } from './passwords.server.ts';

it('at least ten letters of any script, at most a thousand bytes', () => {
	const ok = (text: string) => newPassword().safeParse(text).success;
	expect(ok('123456789')).toBe(false);
	expect(ok('1234567890')).toBe(true);
	// One letter of two UTF-16 units counts once.
	expect(ok('𠮷𠮷𠮷𠮷𠮷')).toBe(false);
	expect(ok('さくらの下で会いましょう')).toBe(true);
	expect(ok('あ'.repeat(334))).toBe(false);
	expect(ok('  spaces  stay  ')).toBe(true);
});

it('common words and the town’s own names are refused, whatever digits surround them', () => {
	const names = ['小金井市', '本町北町会', 'ほんちょうきたちょうかい', '髙橋 和子'];
	for (const bad of [
		'Password2026!',
		'ｐａｓｓｗｏｒｄ１２３',
		'qwertyuiop',
		'本町北町会2026!!',
		'小金井市小金井市小金井市',
		'髙橋和子19450815',
		'mimamori-pocket',
		'0420000001',
		'aaaaaaaaaaaaaa',
		'1234567890',
		'sakura-sakura'
	])
		expect([bad, isGuessable(bad, names)]).toEqual([bad, true]);
	for (const good of ['green lamp by the bridge', '本町の桜は四月に咲く', 'kJ3#vvQ9zz', '31415926535897932384'])
		expect([good, isGuessable(good, names)]).toEqual([good, isGuessable(good, [])]);
	expect(isGuessable('本町の桜は四月に咲く', names)).toBe(false);
	expect(isGuessable('kJ3#vvQ9zz', names)).toBe(false);
});

it('is argon2id over the exact bytes', async () => {
	const stored = await hashPassword('が'.normalize('NFC') + 'らくたの山の上');
	expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
	expect(await rightPassword(stored, 'が'.normalize('NFC') + 'らくたの山の上')).toBe(true);
	expect(await rightPassword(stored, 'が'.normalize('NFD') + 'らくたの山の上')).toBe(false);
	expect(await rightPassword(undefined, 'nobody has this password')).toBe(false);
	expect(await rightPassword(null, '')).toBe(false);
});

it('of a hundred at once 68 are served and 32 hear that we are busy', async () => {
	const stored = await hashPassword('some good phrase');
	const all = await Promise.allSettled(Array.from({ length: 100 }, () => rightPassword(stored, 'wrong')));
	const busy = all.filter((one) => one.status === 'rejected');
	expect(busy.length).toBe(32);
	expect(busy.every((one) => one.reason instanceof TooBusy)).toBe(true);
	expect(await rightPassword(stored, 'some good phrase')).toBe(true);
}, 30_000);

it('an unknown account takes as long as a known one', async () => {
	const stored = await hashPassword('some good phrase');
	const time = async (against: string | undefined) => {
		const from = performance.now();
		await rightPassword(against, 'wrong');
		return performance.now() - from;
	};
	await time(undefined);
	// In turns, and the quickest of each: what a busy machine adds falls on neither.
	let [known, unknown] = [Infinity, Infinity];
	for (let i = 0; i < 10; i++) {
		known = Math.min(known, await time(stored));
		unknown = Math.min(unknown, await time(undefined));
	}
	expect(unknown / known).toBeGreaterThan(0.4);
	expect(unknown / known).toBeLessThan(2.5);
}, 30_000);
