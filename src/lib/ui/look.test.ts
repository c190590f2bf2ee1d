import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { iconNames } from './icons.ts';
import { changedLook, lookFrom, lookText } from './look.ts';

describe('the look of a device', () => {
	it('survives the cookie', () => {
		expect(lookFrom(lookText({ size: 'xlarge', theme: 'dark' }))).toEqual({ size: 'xlarge', theme: 'dark' });
	});

	it('takes nothing but its own words from a cookie or a form', () => {
		fc.assert(
			fc.property(fc.string(), fc.string(), (cookie, typed) => {
				const look = changedLook(lookFrom(cookie), typed, typed);
				expect(lookText(look)).toMatch(/^(standard|large|xlarge)\.(auto|light|dark)$/);
			})
		);
		expect(lookFrom('huge."><script>')).toEqual({ size: 'standard', theme: 'auto' });
		expect(changedLook({ size: 'large', theme: 'dark' }, undefined, 'light')).toEqual({
			size: 'large',
			theme: 'light'
		});
	});
});

describe('the drawings', () => {
	it('are in the sheet, each once, under the names the parts use', () => {
		const sheet = readFileSync(new URL('./icons.svg', import.meta.url), 'utf8');
		const drawn = [...sheet.matchAll(/<symbol id="(\w+)"/g)].map(([, id]) => id);
		expect(drawn).toEqual([...iconNames]);
	});
});
