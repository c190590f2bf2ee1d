import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, test } from '../journeys/fixtures.ts';
import { startServer } from '../journeys/server.ts';
import { ask, cookieOf, ownForm, type Answer } from './ask.ts';
import { addressOf, builtRoutes } from './routes.ts';

const always = {
	'x-content-type-options': 'nosniff',
	'referrer-policy': 'strict-origin-when-cross-origin',
	'cross-origin-opener-policy': 'same-origin',
	'x-frame-options': 'DENY'
};

/** What is wrong with the headers of an answer. */
function faults(name: string, answer: Answer): string[] {
	const wrong = Object.entries(always).flatMap(([key, value]) =>
		answer.headers[key] === value ? [] : [`${name}: ${key}`]
	);
	const policy = String(answer.headers['content-security-policy'] ?? '');
	if (!policy.includes("frame-ancestors 'none'")) wrong.push(`${name}: may be framed`);
	if (/script-src[^;]*unsafe/.test(policy)) wrong.push(`${name}: unsafe scripts`);
	if (!answer.headers['permissions-policy']) wrong.push(`${name}: permissions-policy`);
	if (answer.headers['x-powered-by'] || answer.headers.server) wrong.push(`${name}: says what it runs on`);
	return wrong;
}

const noStore = (answer: Answer) => /no-store/.test(String(answer.headers['cache-control']));

test('the headers stand on every answer, whoever makes it', async ({ server }) => {
	const cookie = await cookieOf(server, 'leader');
	const immutable = readdirSync('build/client/_app/immutable/entry').find((name) => name.endsWith('.js'))!;
	const routes = await builtRoutes();
	const paths = [
		...routes.map((route) => addressOf(route)),
		'/nowhere',
		'/nowhere/__data.json',
		'/api/v1/nowhere',
		'/%E0%A4%A',
		'/offline',
		'/offline/',
		'/manifest.webmanifest',
		'/service-worker.js',
		`/_app/immutable/entry/${immutable}`,
		'/_app/immutable/entry/none.js',
		'/_app/version.json'
	];
	const wrong: string[] = [];
	for (const path of paths)
		for (const who of [undefined, cookie]) {
			const answer = await ask(server, { path, cookie: who });
			wrong.push(...faults(`${path} (${answer.status})`, answer));
			if (answer.status >= 500) wrong.push(`${path}: ${answer.status}`);
		}
	const foreign = await ask(server, { method: 'POST', path: '/login', headers: { origin: 'https://evil.example' } });
	wrong.push(...faults('refused form', foreign));
	const notMine = await ask(server, { path: '/', headers: { host: 'evil.example' } });
	wrong.push(...faults('wrong host', notMine));
	const badForm = await ask(server, { method: 'POST', path: '/login', headers: ownForm(server), body: 'loginId=' });
	wrong.push(...faults('bad form', badForm));
	expect(wrong).toEqual([]);
});

test('a page gets a nonce of its own; what is no page may load nothing', async ({ server }) => {
	const nonces = new Set<string>();
	for (let n = 0; n < 3; n++) {
		const { headers, body } = await ask(server, { path: '/login' });
		const nonce = /'nonce-([^']+)'/.exec(String(headers['content-security-policy']))?.[1];
		expect(nonce).toBeTruthy();
		nonces.add(nonce!);
		// The one script that is the same on every page is named by its hash.
		for (const [, attributes, text] of body.matchAll(/<script\b([^>]*)>([^]*?)<\/script>/g)) {
			const hash = createHash('sha256').update(text!).digest('base64');
			const allowed =
				attributes!.includes(`nonce="${nonce}"`) || headers['content-security-policy']!.includes(`'sha256-${hash}'`);
			expect(allowed, `<script${attributes}>`).toBe(true);
		}
	}
	expect(nonces.size).toBe(3);
	const { headers } = await ask(server, { path: '/healthz' });
	expect(headers['content-security-policy']).toContain("default-src 'none'");
});

test('what a signed-in person sees is stored nowhere', async ({ server }) => {
	const cookie = await cookieOf(server, 'leader');
	const wrong: string[] = [];
	for (const route of await builtRoutes()) {
		if (route.params.length || !route.methods.includes('GET')) continue;
		for (const path of [
			addressOf(route),
			...(route.isPage ? [`${addressOf(route).replace(/\/$/, '')}/__data.json`] : [])
		]) {
			const answer = await ask(server, { path, cookie });
			if (!noStore(answer) && answer.status < 300)
				wrong.push(`${path} ${answer.status} ${answer.headers['cache-control']}`);
		}
	}
	for (const path of ['/home', '/nowhere', '/healthz'])
		if (!noStore(await ask(server, { path, cookie }))) wrong.push(path);
	expect(wrong).toEqual([]);
});

test('where people come by https, browsers are told to stay there and the cookie is bound to the host', async () => {
	const secure = await startServer(process.env.TOWN_TEMPLATE, { ORIGIN: 'https://mimamori.example.jp' });
	try {
		const headers = { host: 'mimamori.example.jp', origin: 'https://mimamori.example.jp' };
		for (const path of ['/', '/nowhere', '/healthz', '/manifest.webmanifest'])
			expect((await ask(secure, { path, headers })).headers['strict-transport-security'], path).toMatch(
				/max-age=\d{8}/
			);
		const answer = await ask(secure, {
			method: 'POST',
			path: '/login',
			headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
			body: 'loginId=leader&password=mimamori-demo&next='
		});
		const cookie = [answer.headers['set-cookie'] ?? []].flat().find((line) => line.startsWith('__Host-mp='));
		expect(cookie).toMatch(/; HttpOnly/i);
		expect(cookie).toMatch(/; Secure/i);
		expect(cookie).toMatch(/SameSite=Lax/i);
		expect(cookie).toMatch(/Path=\//i);
		expect(cookie).not.toMatch(/Domain/i);
	} finally {
		await secure.remove();
	}
});

test('a fault of ours shows a number that stands in the log, and nothing else of it', async () => {
	const broken = await startServer(process.env.TOWN_TEMPLATE, { LOG_LEVEL: 'info' });
	try {
		const cookie = await cookieOf(broken, 'leader');
		const database = new Database(broken.database);
		database.pragma('foreign_keys = OFF');
		database.exec('DROP TABLE membership');
		database.close();
		const answer = await ask(broken, { path: '/home?secret=090-1234-5678', cookie });
		expect(answer.status).toBe(500);
		expect(faults('500', answer)).toEqual([]);
		const number = /\d{4}-\d{4}/.exec(answer.body)?.[0];
		expect(number).toBeTruthy();
		expect(answer.body).not.toMatch(/membership|SqliteError|at .*\.js/);
		await expect.poll(broken.output).toContain(`"error":"${number}"`);
		expect(broken.output()).not.toMatch(/secret=|090-1234|mimamori-demo|no such table/);
	} finally {
		await broken.remove();
	}
});
