/** A server of one's own: the built app on a free port with a copy of the invented town. */
import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Server = {
	origin: string;
	port: number;
	database: string;
	/** Its process. */
	pid: () => number;
	/** Resolves with its exit code when it ends by itself. */
	exited: () => Promise<number | null>;
	/** Everything the process wrote so far. */
	output: () => string;
	/** Stops it: SIGTERM by default. The database file stays until `remove`. */
	stop: (signal?: NodeJS.Signals) => Promise<number | null>;
	/** Starts it again on the same port and file. */
	start: () => Promise<void>;
	remove: () => Promise<void>;
};

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
	const probe = createServer();
	await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
	const address = probe.address();
	await new Promise((done) => probe.close(done));
	if (typeof address !== 'object' || !address) throw new Error('no port');
	return address.port;
}

/**
 * Starts `src/main.ts`. `template` is the database to copy, none starts empty; `env` adds to the environment; `elsewhere` says in the
 * words of a shell where it writes, instead of here.
 */
export async function startServer(
	template: string | undefined,
	env: Record<string, string> = {},
	elsewhere?: string
): Promise<Server> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-server-'));
	const database = join(folder, 'town.db');
	if (template) copyFileSync(template, database);
	const port = await freePort();
	const origin = `http://localhost:${port}`;
	let output = '';
	let child: ChildProcess | undefined;
	const start = async () => {
		const [command, ...words] = elsewhere
			? ['sh', '-c', `exec node src/main.ts ${elsewhere}`]
			: ['node', 'src/main.ts'];
		child = spawn(command!, words, {
			env: {
				...process.env,
				NODE_ENV: 'production',
				ORIGIN: origin,
				PORT: String(port),
				DATABASE: database,
				DEMO: '1',
				...env
			},
			stdio: ['ignore', 'pipe', 'pipe']
		});
		for (const stream of [child.stdout!, child.stderr!])
			stream.on('data', (data: Buffer) => (output += data.toString()));
		await answering(origin, child, () => output);
	};
	const stop = async (signal: NodeJS.Signals = 'SIGTERM') => {
		if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
		const gone = new Promise<number | null>((done) => child!.once('exit', done));
		child.kill(signal);
		return gone;
	};
	await start();
	const remove = async () => {
		await stop('SIGKILL');
		rmSync(folder, { recursive: true, force: true });
	};
	const pid = () => child!.pid!;
	const exited = () => new Promise<number | null>((done) => child!.once('exit', done));
	return { origin, port, database, pid, exited, output: () => output, stop, start, remove };
}

async function answering(origin: string, child: ChildProcess, output: () => string): Promise<void> {
	// It looks at its whole file first: a minute where that has some gigabytes.
	for (let tries = 0; tries < 1200; tries++) {
		if (child.exitCode !== null) throw new Error(`the server does not start:\n${output()}`);
		const fine = await fetch(`${origin}/healthz`).then(
			(answer) => answer.ok,
			() => false
		);
		if (fine) return;
		await new Promise((done) => setTimeout(done, 100));
	}
	throw new Error(`the server does not answer:\n${output()}`);
}
