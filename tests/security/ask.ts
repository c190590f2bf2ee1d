/** A request with exactly the headers it is given: browsers and fetch add and forbid some. */
import { request } from 'node:http';
import type { Server } from '../journeys/server.ts';

export type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string };
export type Asked = { method?: string; path: string; headers?: Record<string, string>; body?: string; cookie?: string };

export function ask(
	server: Pick<Server, 'port'>,
	{ method = 'GET', path, headers = {}, body, cookie }: Asked
): Promise<Answer> {
	return new Promise((done, failed) => {
		const sent = request(
			{
				host: '127.0.0.1',
				port: server.port,
				method,
				path,
				// A connection of its own: one that is kept alive may be closed from the other side at this very moment.
				agent: false,
				headers: {
					host: `localhost:${server.port}`,
					accept: 'text/html',
					...(cookie ? { cookie } : {}),
					...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
					...headers
				}
			},
			(answer) => {
				const chunks: Buffer[] = [];
				answer.on('data', (chunk: Buffer) => chunks.push(chunk));
				answer.on('end', () =>
					done({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(chunks).toString() })
				);
			}
		);
		sent.on('error', (error) => failed(new Error(`${method} ${path}: ${error.message}`)));
		sent.end(body);
	});
}

/** The headers of a form that our own page sends. */
export const ownForm = (server: Pick<Server, 'origin'>) => ({
	origin: server.origin,
	'sec-fetch-site': 'same-origin',
	'content-type': 'application/x-www-form-urlencoded'
});

/** Signs somebody in and returns the cookie. */
export async function cookieOf(
	server: Server,
	loginId: string,
	password = 'mimamori-demo',
	headers: Record<string, string> = {}
): Promise<string> {
	const answer = await ask(server, {
		method: 'POST',
		path: '/login',
		headers: { ...ownForm(server), ...headers },
		body: new URLSearchParams({ loginId, password, next: '' }).toString()
	});
	const cookies = [answer.headers['set-cookie'] ?? []].flat().map((line) => line.split(';', 1)[0]!);
	if (answer.status !== 303) throw new Error(`${loginId} does not get in: ${answer.status}`);
	return cookies.join('; ');
}
