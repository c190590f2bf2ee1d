import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from '../journeys/fixtures.ts';
import { freePort, startServer } from '../journeys/server.ts';
import { ask, cookieOf, ownForm } from './ask.ts';

let folder: string;
test.beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mimamori-process-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Tries to start a server that is expected not to; returns what it said. */
function refusedStart(env: Record<string, string>): string {
	const { ORIGIN: _origin, DEMO: _demo, ...rest } = process.env;
	const { status, stdout, stderr } = spawnSync('node', ['src/main.ts'], {
		encoding: 'utf8',
		timeout: 20_000,
		env: { ...rest, DATABASE: join(folder, 'town.db'), ...env }
	});
	expect(status, stdout).toBe(1);
	return stderr;
}

test('an installation does not start without its address, with nonsense for settings, or on what is not its own', async () => {
	const file = join(folder, 'town.db');
	const fine = { ORIGIN: 'https://mimamori.example.jp', PORT: String(await freePort()) };
	expect(refusedStart({})).toMatch(/ORIGIN/);
	expect(refusedStart({ ...fine, PORT: 'eighty' })).toMatch(/PORT/);
	expect(existsSync(file)).toBe(false);

	copyFileSync(process.env.TOWN_TEMPLATE!, file);
	expect(refusedStart(fine)).toMatch(/invented town/);

	const damaged = readFileSync(file);
	for (let at = 4096 + 64; at < damaged.length; at += 8192) damaged.fill(0x5a, at, at + 512);
	writeFileSync(file, damaged);
	expect(refusedStart({ ...fine, DEMO: '1' })).toMatch(/damaged.*npm run restore/);
	expect(readFileSync(file).equals(damaged)).toBe(true);

	copyFileSync(process.env.TOWN_TEMPLATE!, file);
	const newer = new Database(file);
	newer.prepare('INSERT INTO migration VALUES (?, ?, 0)').run('9999_future', 'x');
	newer.close();
	expect(refusedStart({ ...fine, DEMO: '1' })).toMatch(/newer version/);
});

test('a new installation migrates, prints its setup link once per start, and keeps it out of the log', async () => {
	const server = await startServer(undefined, { DEMO: '', LOG_LEVEL: 'info' });
	try {
		const link = () => [...server.output().matchAll(/http\S+\/setup\?token=([\w-]+)/g)].map((found) => found[1]!);
		await expect.poll(link).toHaveLength(1);
		const [first] = link();
		const database = new Database(server.database, { readonly: true });
		const rows = JSON.stringify(database.prepare('SELECT * FROM setup_link').all());
		database.close();
		expect(rows).not.toContain(first);
		await server.stop();
		await server.start();
		await expect.poll(link).toHaveLength(2);
		expect(link()[1]).not.toBe(first);
		const logged = server
			.output()
			.split('\n')
			.filter((line) => line.startsWith('{'));
		expect(logged.join('')).not.toContain(first);
		expect((await ask(server, { path: '/home' })).status).toBe(303);
	} finally {
		await server.remove();
	}
});

test('whether it lives and what the database promises', async ({ server }) => {
	const { status, body } = await ask(server, { path: '/healthz' });
	expect(status).toBe(200);
	expect(JSON.parse(body)).toEqual({
		status: 'ok',
		version: JSON.parse(readFileSync('package.json', 'utf8')).version,
		database: {
			engine: 'sqlite',
			journal: 'wal',
			synchronous: 2,
			foreignKeys: true,
			sqlite: expect.stringMatching(/^3\.\d+\.\d+$/)
		}
	});
});

test('a database that is gone is said with 503 and the reason', async () => {
	const server = await startServer(process.env.TOWN_TEMPLATE);
	try {
		const database = new Database(server.database);
		database.exec('DROP TABLE migration');
		database.close();
		const { status, body } = await ask(server, { path: '/healthz' });
		expect([status, JSON.parse(body)]).toEqual([503, { status: 'unavailable', reason: 'SQLITE_ERROR' }]);
	} finally {
		await server.remove();
	}
});

test('a second server on the same file refuses, the first goes on; a killed one leaves no lock behind', async () => {
	const server = await startServer(process.env.TOWN_TEMPLATE);
	try {
		const second = refusedStart({
			ORIGIN: server.origin,
			DEMO: '1',
			DATABASE: server.database,
			PORT: String(await freePort())
		});
		expect(second).toMatch(/another process/);
		expect((await ask(server, { path: '/healthz' })).status).toBe(200);
		await server.stop('SIGKILL');
		await server.start();
		expect((await ask(server, { path: '/' })).status).toBe(200);
	} finally {
		await server.remove();
	}
});

test('told to stop, it answers what is under way, leaves one whole file and ends well', async () => {
	const server = await startServer(process.env.TOWN_TEMPLATE);
	try {
		const cookie = await cookieOf(server, 'leader');
		expect((await ask(server, { path: '/home', cookie })).status).toBe(200);
		const body = 'loginId=volunteer&password=mimamori-demo&next=';
		let answered: number | undefined;
		// A form whose body is still on its way when the server is told to stop.
		const slow = request(
			{
				host: '127.0.0.1',
				port: server.port,
				method: 'POST',
				path: '/login',
				headers: {
					...ownForm(server),
					accept: 'text/html',
					host: `localhost:${server.port}`,
					'content-length': String(body.length)
				}
			},
			(answer) => {
				answered = answer.statusCode;
				answer.resume();
			}
		);
		slow.write(body.slice(0, 10));
		await new Promise((done) => setTimeout(done, 300));
		const stopped = server.stop('SIGTERM');
		await new Promise((done) => setTimeout(done, 300));
		await expect(ask(server, { path: '/' })).rejects.toThrow();
		slow.end(body.slice(10));
		expect(await stopped).toBe(0);
		expect(answered).toBe(303);
		expect(existsSync(`${server.database}-wal`)).toBe(false);
	} finally {
		await server.remove();
	}
});

test('what was acknowledged survives kill -9', async () => {
	const server = await startServer(process.env.TOWN_TEMPLATE);
	try {
		const cookies: string[] = [];
		for (let round = 0; round < 3; round++) {
			cookies.push(...(await Promise.all(['leader', 'volunteer', 'school'].map((login) => cookieOf(server, login)))));
			await server.stop('SIGKILL');
			await server.start();
			for (const cookie of cookies) expect((await ask(server, { path: '/home', cookie })).status).toBe(200);
		}
	} finally {
		await server.remove();
	}
});

test('backup while it serves, restore after it stopped: people find what the backup held', async () => {
	test.setTimeout(120_000);
	const server = await startServer(process.env.TOWN_TEMPLATE);
	const cli = (script: string, ...args: string[]) =>
		spawnSync('node', [`src/lib/server/db/${script}-cli.ts`, ...args], {
			encoding: 'utf8',
			env: { ...process.env, DATABASE: server.database }
		});
	try {
		const before = await cookieOf(server, 'leader');
		const made = cli('backup');
		expect(made.status, made.stderr).toBe(0);
		const backup = /verified backup: (\S+)/.exec(made.stdout)![1]!;
		const after = await cookieOf(server, 'volunteer');
		const tooEarly = cli('restore', backup);
		expect([tooEarly.status, tooEarly.stderr]).toEqual([
			1,
			expect.stringMatching(/nothing was changed: another process/)
		]);
		await server.stop();
		expect(cli('restore').stdout).toContain(backup);
		const done = cli('restore', backup);
		expect(done.status, done.stderr).toBe(0);
		expect(done.stdout).toMatch(/replaced file is kept as (\S+)/);
		await server.start();
		expect((await ask(server, { path: '/home', cookie: before })).status).toBe(200);
		expect((await ask(server, { path: '/home', cookie: after })).status).toBe(303);
	} finally {
		await server.remove();
	}
});
