import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as compiled from '#lib/words/messages.js';
import settings from './project.inlang/settings.json' with { type: 'json' };

const folder = new URL('./messages/', import.meta.url);
const rooms = [...new Set(readdirSync(folder).map((name) => name.split('.')[0]!))];
const read = (room: string, language: string): Record<string, string> =>
	JSON.parse(readFileSync(new URL(`${room}.${language}.json`, folder), 'utf8'));
const places = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the words of the house', () => {
	// A plugin that cannot be loaded gives only a warning and an empty dictionary.
	it('are compiled, every one of them', () => {
		const keys = rooms.flatMap((room) => Object.keys(read(room, 'ja')));
		expect(keys.length).toBeGreaterThan(100);
		expect(new Set(keys).size, 'a key belongs to one room').toBe(keys.length);
		const speaks = compiled as unknown as Record<string, unknown>;
		expect(keys.filter((key) => typeof speaks[key] !== 'function')).toEqual([]);
	});

	it('lie in files the settings name', () => {
		const named = settings['plugin.inlang.messageFormat'].pathPattern;
		expect([...named].sort()).toEqual(rooms.map((room) => `./messages/${room}.{locale}.json`).sort());
	});

	it.each(rooms)('%s says everything in both languages, with the same blanks to fill', (room) => {
		const ja = read(room, 'ja');
		const en = read(room, 'en');
		expect(Object.keys(en).sort()).toEqual(Object.keys(ja).sort());
		for (const [key, text] of Object.entries(ja)) {
			expect(text.trim(), key).not.toBe('');
			expect(en[key]!.trim(), key).not.toBe('');
			expect(places(en[key]!), key).toEqual(places(text));
		}
	});

	it('are Japanese in Japanese and carry no markup', () => {
		for (const room of rooms)
			for (const [key, text] of Object.entries({ ...read(room, 'ja'), ...read(room, 'en') })) {
				expect(text, key).not.toMatch(/<[a-z/]/i);
				// Words of computing that DOMAIN and EXPERIENCE keep off the screen.
				expect(text, key).not.toMatch(/同期|ログアウト|サーバー?エラー|アップロード/);
			}
	});
});
