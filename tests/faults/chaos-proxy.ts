/**
 * A net that fails on purpose: a Node proxy between the browser and the real server. It speaks to the server under the server's own
 * name, so that its origin check sees the address people type.
 */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';

export type Fault =
	/** The connection ends before the server hears anything. */
	| { is: 'dropRequest' }
	/** The server does its work; its answer is lost. */
	| { is: 'dropAnswer' }
	| { is: 'delay'; ms: number }
	/** Somebody else answers, before the server hears anything. */
	| { is: 'instead'; status: number; headers?: Record<string, string>; body?: string }
	/** The server does its work; something else is answered. */
	| { is: 'after'; status: number; headers?: Record<string, string>; body?: string | Buffer }
	/** Only so many bytes of the answer, said to be all of it. */
	| { is: 'truncate'; bytes: number }
	/** The answer breaks off after so many bytes although more were announced. */
	| { is: 'breakOff'; bytes: number }
	/** The server does its work; the connection is reset under the answer. */
	| { is: 'reset' }
	/** The phone hears nothing; the request reaches the server only when `deliverLate` is called, after newer ones. */
	| { is: 'late' }
	/** The server does its work at once; its answer is held back until `deliverLate` is called. */
	| { is: 'hold' }
	/** The request reaches the server twice. */
	| { is: 'duplicate' };

export type Asked = { method: string; path: string; fault: Fault['is'] | undefined };
/** An answer of the server on its way to the browser. */
export type Answer = { status: number; headers: IncomingMessage['headers']; body: Buffer };

export type Proxy = {
	origin: string;
	/** What happens to a request; undefined lets it through. */
	fault: (method: string, path: string) => Fault | undefined;
	asked: Asked[];
	/** Sees every request as it arrived. */
	onRequest: (method: string, path: string, body: Buffer) => void;
	/** Another path for the server than the one asked for; undefined: there is nothing there. */
	route: (path: string) => string | undefined;
	/** Changes an answer, which then comes whole and not packed. */
	rewrite: ((path: string, answer: Answer) => Answer) | undefined;
	/** Lets go what `late` and `hold` keep. */
	deliverLate(): Promise<void>;
	close(): Promise<void>;
};

/** Starts a proxy on a free port in front of `upstream`. */
export async function startProxy(upstream: string): Promise<Proxy> {
	const to = new URL(upstream);
	const late: (() => Promise<unknown>)[] = [];
	const server = createServer((req, res) => {
		handle(req, res).catch(() => res.destroy());
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const address = server.address();
	if (typeof address !== 'object' || !address) throw new Error('no port');
	const proxy: Proxy = {
		origin: `http://localhost:${address.port}`,
		fault: () => undefined,
		asked: [],
		onRequest: () => undefined,
		route: (path) => path,
		rewrite: undefined,
		deliverLate: async () => {
			for (const deliver of late.splice(0)) await deliver();
		},
		close: () =>
			new Promise((done) => {
				server.close(() => done());
				server.closeAllConnections();
			})
	};

	async function handle(req: IncomingMessage, res: ServerResponse): Promise<void> {
		const method = req.method ?? 'GET';
		const path = req.url ?? '/';
		const fault = proxy.fault(method, path);
		proxy.asked.push({ method, path, fault: fault?.is });
		const body = await read(req);
		proxy.onRequest(method, path, body);
		if (proxy.route(path) === undefined) return void res.writeHead(404).end();
		if (fault?.is === 'dropRequest') return void req.socket.destroy();
		if (fault?.is === 'instead') return void res.writeHead(fault.status, fault.headers).end(fault.body ?? '');
		if (fault?.is === 'delay') await new Promise((done) => setTimeout(done, fault.ms));
		if (fault?.is === 'duplicate') await forward(req, body);
		if (fault?.is === 'late') {
			late.push(() => forward(req, body));
			return void req.socket.destroy();
		}
		// Kept from the beginning: whoever counts requests may let go at once.
		const released = fault?.is === 'hold' ? new Promise<void>((go) => late.push(async () => go())) : undefined;
		const given = await forward(req, body);
		const answer = proxy.rewrite?.(path, given) ?? given;
		await released;
		if (fault?.is === 'reset') return void req.socket.resetAndDestroy();
		if (fault?.is === 'dropAnswer') return void req.socket.destroy();
		if (fault?.is === 'after') return void res.writeHead(fault.status, fault.headers).end(fault.body ?? '');
		const sent = fault?.is === 'truncate' ? answer.body.subarray(0, fault.bytes) : answer.body;
		const headers = { ...answer.headers, 'content-length': String(sent.length) };
		delete (headers as Record<string, unknown>)['transfer-encoding'];
		const location = answer.headers.location?.replace(to.origin, proxy.origin);
		if (fault?.is === 'breakOff') {
			res.writeHead(answer.status, { ...headers, 'content-length': String(answer.body.length) });
			res.write(answer.body.subarray(0, fault.bytes), () => req.socket.destroy());
			return;
		}
		res.writeHead(answer.status, { ...headers, ...(location && { location }) }).end(sent);
	}

	function forward(req: IncomingMessage, body: Buffer) {
		const headers = { ...req.headers, host: to.host };
		if (proxy.rewrite) {
			for (const name of ['if-none-match', 'if-modified-since', 'accept-encoding'] as const) delete headers[name];
		}
		if (headers.origin) headers.origin = to.origin;
		if (headers.referer) headers.referer = headers.referer.replace(proxy.origin, to.origin);
		return new Promise<Answer>((done, failed) => {
			const out = request(
				{ host: to.hostname, port: to.port, method: req.method, path: proxy.route(req.url ?? '/'), headers },
				(back) =>
					void read(back).then(
						(whole) => done({ status: back.statusCode!, headers: back.headers, body: whole }),
						failed
					)
			);
			out.on('error', failed);
			out.end(body);
		});
	}
	return proxy;
}

async function read(stream: IncomingMessage): Promise<Buffer> {
	const pieces: Buffer[] = [];
	for await (const piece of stream) pieces.push(piece as Buffer);
	return Buffer.concat(pieces);
}
