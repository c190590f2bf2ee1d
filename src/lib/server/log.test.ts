import { expect, test } from 'vitest';
import { allowed, ofThrown, type Facts } from './log.ts';

test('a line holds only the keys of the list', () => {
	const facts = { route: '/(app)/home', status: 200, url: '/join?code=ABCD', name2: '田中さん', body: '090-0000-0000' };
	expect(allowed(facts as Facts)).toEqual({ route: '/(app)/home', status: 200 });
});

test('the message of an error is never written, its place is', () => {
	const thrown = Object.assign(new TypeError('cannot read 田中花子 of 090-1234-5678\n second line 田中'), {
		code: '田中'
	});
	const text = JSON.stringify(ofThrown(thrown));
	expect(text).not.toMatch(/田中|090/);
	expect(ofThrown(thrown).frames!.length).toBeGreaterThan(0);
	expect(ofThrown(Object.assign(new Error('x'), { code: 'SQLITE_FULL' })).code).toBe('SQLITE_FULL');
	expect(ofThrown('田中')).toEqual({ name: 'string' });
});
