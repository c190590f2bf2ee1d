/** The real sync endpoints on the real file, reached by a `fetch` without a socket, and a net that can be made to fail. */
import type { RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#lib/people/permissions.ts';
import { PUT } from '../src/routes/api/v1/sync/blob/[sha256]/+server.ts';
import { GET as ping } from '../src/routes/api/v1/sync/ping/+server.ts';
import { GET as pull } from '../src/routes/api/v1/sync/pull/+server.ts';
import { POST } from '../src/routes/api/v1/sync/push/+server.ts';
import { POST as rescue } from '../src/routes/api/v1/sync/rescue/+server.ts';

type Handler = (event: RequestEvent) => Response | Promise<Response>;
export type Fetch = typeof globalThis.fetch;

/** What stands between phone and server for one request. Call `reach` or do not. */
export type Weather = (reach: () => Promise<Response>, path: string) => Promise<Response>;

export class Line {
	/** Who is signed in on this browser. */
	actor: Actor | undefined;
	/** Its cookie: which sign-in this is. */
	session: string | undefined;
	weather: Weather = (reach) => reach();
	/** Paths asked for, in order. */
	readonly asked: string[] = [];

	constructor(actor: Actor | undefined) {
		this.actor = actor;
	}

	readonly fetch: Fetch = async (input, init) => {
		const path = String(input);
		this.asked.push(path);
		return this.weather(() => this.#reach(path, init), path);
	};

	async #reach(path: string, init?: RequestInit): Promise<Response> {
		const url = new URL(path, 'http://localhost');
		// `redirect: error` is for the browser; a Request of Node would refuse the keep-alive of others.
		const request = new Request(url, { ...init, redirect: 'manual', signal: null });
		const name = url.pathname.replace('/api/v1/sync/', '');
		const blob = /^blob\/([0-9a-f]+)$/.exec(name);
		const handler = blob ? PUT : { ping, pull, push: POST, rescue }[name];
		if (!handler) return new Response('not found', { status: 404 });
		if (!this.actor && name !== 'ping') return Response.json({ error: 'signIn' }, { status: 401 });
		const cookies = { get: () => this.session };
		const event = { request, url, cookies, params: { sha256: blob?.[1] }, locals: { actor: this.actor } };
		return (handler as Handler)(event as unknown as RequestEvent);
	}
}

/** The server did its work and the answer was lost. */
export const answerLost: Weather = async (reach) => {
	await reach();
	throw new TypeError('Failed to fetch');
};
/** Nothing got through. */
export const cut: Weather = () => Promise.reject(new TypeError('Failed to fetch'));
/** Something else answers. */
export const instead =
	(response: () => Response): Weather =>
	() =>
		Promise.resolve(response());
/** The server did its work, but only the first `n` characters of its answer arrived. */
export const truncated =
	(n: number): Weather =>
	async (reach) => {
		const response = await reach();
		return new Response((await response.text()).slice(0, n), response);
	};
