import { expect, test } from '../journeys/fixtures.ts';
import { ask, cookieOf } from './ask.ts';
import { builtRoutes, doorsOf, requestFor } from './routes.ts';
import { stateOf } from './state.ts';

const kinds = [
	['form', { 'content-type': 'application/x-www-form-urlencoded' }, 'a=1'],
	[
		'multipart',
		{ 'content-type': 'multipart/form-data; boundary=x' },
		'--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
	],
	['text', { 'content-type': 'text/plain' }, 'a=1'],
	['json', { 'content-type': 'application/json' }, '{"a":1}'],
	['untyped', {}, ''],
	['empty', {}, undefined]
] as const;

test('a change is refused on every route, unless one of our own pages asks for it', async ({ server }) => {
	test.setTimeout(240_000);
	const cookie = await cookieOf(server, 'leader');
	const own = server.origin;
	const senders: [name: string, headers: Record<string, string>][] = [
		['foreign', { origin: 'https://evil.example' }],
		['foreign, and says same-origin', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }],
		['null', { origin: 'null' }],
		['missing', {}],
		['missing, with a referer of ours', { referer: `${own}/home` }],
		['own name, other port', { origin: `http://localhost:${server.port + 1}` }],
		['own name, other scheme', { origin: own.replace('http:', 'https:') }],
		['own, but cross-site', { origin: own, 'sec-fetch-site': 'cross-site' }],
		['own, but same-site', { origin: own, 'sec-fetch-site': 'same-site' }],
		['own, but none', { origin: own, 'sec-fetch-site': 'none' }],
		['own prefix', { origin: `${own}.evil.example` }]
	];
	const before = stateOf(server.database);
	const wrong: string[] = [];
	const asked: (() => Promise<void>)[] = [];
	const doors = (await builtRoutes()).flatMap((route) => doorsOf(route).map((door) => ({ route, door })));
	expect(doors.length).toBeGreaterThan(20);
	for (const { route, door } of doors.filter((one) => one.door !== 'GET')) {
		const { method, path } = requestFor(route, door);
		for (const [kind, type, body] of kinds)
			for (const [sender, headers] of senders)
				asked.push(async () => {
					const answer = await ask(server, { method, path, cookie, body, headers: { ...type, ...headers } });
					if (answer.status !== 403) wrong.push(`${method} ${path} ${kind} ${sender}: ${answer.status}`);
				});
	}
	while (asked.length > 0) await Promise.all(asked.splice(0, 16).map((one) => one()));
	expect(wrong).toEqual([]);
	expect(stateOf(server.database)).toEqual(before);
});

test('methods that no route has are refused, also from our own page', async ({ server }) => {
	for (const method of ['PUT', 'PATCH', 'DELETE', 'POST', 'TRACE', 'OPTIONS', 'PROPFIND']) {
		const answer = await ask(server, { method, path: '/healthz', headers: { origin: server.origin } });
		expect([404, 405, 400, 403], `${method}: ${answer.status}`).toContain(answer.status);
	}
	expect((await ask(server, { method: 'HEAD', path: '/healthz' })).status).toBe(200);
});

test('we answer to our own names only; whether we live we tell anybody', async ({ server }) => {
	for (const host of ['evil.example', `evil.example:${server.port}`, `localhost:${server.port + 1}`, 'localhost'])
		expect((await ask(server, { path: '/', headers: { host } })).status, host).toBeGreaterThanOrEqual(400);
	expect((await ask(server, { path: '/', headers: { host: `127.0.0.1:${server.port}` } })).status).toBe(200);
	expect((await ask(server, { path: '/healthz', headers: { host: 'evil.example' } })).status).toBe(200);
	const spoofed = { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' };
	const answer = await ask(server, { path: '/login', headers: spoofed });
	expect(answer.body).not.toContain('evil.example');
});

test('signing in leads only to pages of ours', async ({ server }) => {
	const evil = [
		'https://evil.example/',
		'//evil.example/',
		'/\\evil.example',
		'\\\\evil.example',
		'/%5cevil.example',
		'javascript:alert(1)',
		'/\t/evil.example',
		' //evil.example',
		'@evil.example',
		'.evil.example'
	];
	for (const next of evil) {
		const answer = await ask(server, {
			method: 'POST',
			path: '/login',
			headers: { origin: server.origin, 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams({ loginId: 'leader', password: 'mimamori-demo', next }).toString()
		});
		expect(answer.status, next).toBe(303);
		const to = new URL(String(answer.headers.location), server.origin);
		expect(to.origin, `${next} → ${answer.headers.location}`).toBe(server.origin);
	}
});
