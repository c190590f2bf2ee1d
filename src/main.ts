/**
 * The process: node:http around the built app (`npm start`, the demo and the tests run it). It holds no state: the hooks'
 * `init` opens the database, and a second import of it here would be a second queue of writers.
 */
import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import compression from 'compression';
import { headersFor } from './headers.ts';
import { checkEnv, type Env } from './lib/server/env.ts';
import { workerOff } from './worker-off.ts';

type Handler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

function giveUp(reason: unknown): never {
	console.error(`Mimamori Pocket does not start: ${reason instanceof Error ? reason.message : String(reason)}`);
	process.exit(1);
}

function checked(): Env {
	try {
		return checkEnv(process.env);
	} catch (reason) {
		giveUp(reason);
	}
}

/** Loads the built app; its hooks open the database before this returns. */
async function loadApp(env: Env): Promise<Handler> {
	const built = new URL('../build/handler.js', import.meta.url);
	if (!existsSync(built)) giveUp('it is not built yet (npm run build)');
	// adapter-node reads these two itself, at import.
	process.env.ORIGIN = new URL(env.ORIGIN).origin;
	process.env.BODY_SIZE_LIMIT = env.BODY_SIZE_LIMIT;
	try {
		return ((await import(built.href)) as { handler: Handler }).handler;
	} catch (reason) {
		giveUp(reason);
	}
}

// Words that nobody can be told, on a full disk or to a closed pipe, are no reason to stop.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const env = checked();
const app = await loadApp(env);
const compress = compression({ threshold: 1024 });

/** The path as the static files are found: percent signs decoded, no query. */
function pathOf(url: string): string {
	const path = url.split('?', 1)[0]!;
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

const server = createServer((req, res) => {
	for (const [name, value] of Object.entries(headersFor(pathOf(req.url ?? '/'), env.ORIGIN)))
		res.setHeader(name, value);
	if (stopping) res.setHeader('connection', 'close');
	if (env.WORKER_OFF && pathOf(req.url ?? '/') === '/service-worker.js') {
		res.setHeader('content-type', 'text/javascript');
		res.end(workerOff);
		return;
	}
	compress(req, res, () =>
		app(req, res, () => {
			res.statusCode = 404;
			res.end('Not Found');
		})
	);
});
// A slow sender must not hold a connection for ever, but a photo over a weak line takes its time.
server.headersTimeout = 20_000;
server.requestTimeout = 120_000;

let stopping = false;

/** Finishes what is under way, then tells the hooks to close the database; the process ends when nothing is left to do. */
function stop(signal: string): void {
	if (stopping) return;
	stopping = true;
	server.close(() => {
		const heard = process.listenerCount('sveltekit:shutdown') > 0;
		if (heard) process.emit('sveltekit:shutdown' as 'exit', signal as unknown as number);
	});
	server.closeIdleConnections();
	setTimeout(() => server.closeAllConnections(), env.SHUTDOWN_TIMEOUT * 1000).unref();
	setTimeout(() => process.exit(1), (env.SHUTDOWN_TIMEOUT + 10) * 1000).unref();
}
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

server.on('error', giveUp);
server.listen(env.PORT, env.HOST, () => {
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : env.PORT;
	console.log(`Mimamori Pocket is open at ${env.ORIGIN} (port ${port})`);
});
