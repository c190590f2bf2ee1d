import { expect, test } from 'vitest';
import { gateOf, methodsOf } from './gate.ts';
import { tooMuch } from './limits.ts';
import { fromOwnPage, hostOf, ownHosts } from './origin.ts';

const own = 'https://mimamori.example.jp';

test('a change is believed only from our own page', () => {
	const rows: [headers: Record<string, string>, fine: boolean][] = [
		[{ origin: own }, true],
		[{ origin: own, 'sec-fetch-site': 'same-origin' }, true],
		[{ origin: own, 'sec-fetch-site': 'same-site' }, false],
		[{ origin: own, 'sec-fetch-site': 'cross-site' }, false],
		[{ origin: own, 'sec-fetch-site': 'none' }, false],
		[{}, false],
		[{ origin: 'null' }, false],
		[{ origin: '' }, false],
		[{ origin: 'http://mimamori.example.jp' }, false],
		[{ origin: 'https://mimamori.example.jp:444' }, false],
		[{ origin: 'https://evil.example' }, false],
		[{ origin: 'https://mimamori.example.jp.evil.example' }, false],
		[{ referer: `${own}/home` }, false]
	];
	for (const [headers, fine] of rows)
		expect(fromOwnPage(new Headers(headers), 'mimamori.example.jp', own), JSON.stringify(headers)).toBe(fine);
});

test('we answer to our own names only', () => {
	expect([...ownHosts(own, ['Kodaira.Example.jp'])]).toEqual(['mimamori.example.jp', 'kodaira.example.jp']);
	expect(ownHosts('http://localhost:4100').has('127.0.0.1:4100')).toBe(true);
	expect(ownHosts('http://localhost:4100').has('127.0.0.1:4101')).toBe(false);
	expect(hostOf(new Headers({ host: 'Mimamori.example.jp:443' }), own)).toBe('mimamori.example.jp');
	expect(hostOf(new Headers({ host: 'mimamori.example.jp:80' }), own)).toBe('mimamori.example.jp:80');
	expect(hostOf(new Headers(), own)).toBe('');
});

test('what is not in the table of gates is closed', () => {
	const gates = {
		'/(app)/members': { GET: 'see', add: 'edit', default: 'save' },
		'/api/v1/x': { GET: 'see', POST: 'push' }
	};
	const ask = (route: string | null, method: string, query = '') =>
		gateOf(gates, route, method, new URLSearchParams(query));
	expect(ask('/(app)/members', 'GET')).toEqual({ gate: 'see' });
	expect(ask('/(app)/members', 'HEAD')).toEqual({ gate: 'see' });
	expect(ask('/(app)/members', 'POST', '/add')).toEqual({ gate: 'edit' });
	expect(ask('/(app)/members', 'POST', 'month=5&/add=')).toEqual({ gate: 'edit' });
	expect(ask('/(app)/members', 'POST')).toEqual({ gate: 'save' });
	expect(ask('/api/v1/x', 'POST')).toEqual({ gate: 'push' });
	for (const query of ['/remove', '/GET', '/default', '/add&/remove', '/constructor', '/__proto__', '/'])
		expect(ask('/(app)/members', 'POST', query), query).toMatchObject({ closed: 405 });
	for (const method of ['PUT', 'DELETE', 'TRACE', 'OPTIONS', 'add', '__proto__'])
		if (method !== 'add') expect(ask('/(app)/members', method), method).toMatchObject({ closed: 405 });
	expect(ask('/api/v1/x', 'POST', '/GET')).toMatchObject({ closed: 405 });
	for (const route of [null, '/missing', 'constructor']) expect(ask(route, 'GET')).toEqual({ closed: 404 });
	expect(methodsOf(gates['/(app)/members'])).toEqual(['GET', 'HEAD', 'POST']);
});

test('a form is short and says how long it is', () => {
	const of = (length: string) => tooMuch('/(app)/members', new Headers({ 'content-length': length }));
	expect([of('0'), of('262144'), of('262145'), of('x')]).toEqual([undefined, undefined, 413, 413]);
	expect(tooMuch('/(app)/members', new Headers())).toBeUndefined();
	expect(tooMuch('/(app)/members', new Headers({ 'transfer-encoding': 'chunked' }))).toBe(411);
	expect(tooMuch(null, new Headers({ 'content-length': '3000000' }))).toBe(413);
	expect(tooMuch('/api/v1/sync/push', new Headers({ 'content-length': '1000000' }))).toBeUndefined();
	// Five files of 5 MB come with a request for equipment, and with nothing else.
	const five = new Headers({ 'content-length': String(25 * 1024 * 1024 + 1000) });
	for (const route of ['/(app)/equipment/requests/new', '/(app)/equipment/requests/[id]/edit'])
		expect(tooMuch(route, five)).toBeUndefined();
	for (const route of ['/(app)/equipment/requests/[id]', '/(app)/rescue']) expect(tooMuch(route, five)).toBe(413);
	expect(tooMuch('/(app)/equipment/requests/new', new Headers({ 'content-length': '27000000' }))).toBe(413);
});
