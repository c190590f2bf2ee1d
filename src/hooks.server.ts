/** Every request that is not a file passes here: own name, own page, language, who, gate. See docs in CONTRIBUTING.md. */
import { randomInt } from 'node:crypto';
import { building, dev } from '$app/environment';
import { json, redirect, type Handle, type HandleServerError, type RequestEvent, type ServerInit } from '@sveltejs/kit';
import { openHouse } from './house.ts';
import { gates } from '#lib/people/gates.ts';
import { municipalityAt, municipalityHosts } from '#lib/people/here.server.ts';
import { may } from '#lib/people/permissions.ts';
import { actorOfSession, sessionCookie } from '#lib/people/sessions.server.ts';
import { db } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { checkEnv, env } from '#lib/server/env.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { closed } from '#lib/server/http/closed.ts';
import { finish } from '#lib/server/http/finish.ts';
import { gateOf } from '#lib/server/http/gate.ts';
import { tooMuch } from '#lib/server/http/limits.ts';
import { fromOwnPage, hostOf, isSafe, ownHosts } from '#lib/server/http/origin.ts';
import { speaking } from '#lib/server/http/words.ts';
import { lookAttributes, lookCookie, lookFrom } from '#lib/ui/look.ts';
import { log, ofThrown } from '#lib/server/log.ts';

export const init: ServerInit = async () => {
	if (building) return;
	if (dev) checkEnv((process.env = { ORIGIN: 'http://localhost:5173', ...process.env }));
	const close = await openHouse(env());
	process.once('sveltekit:shutdown', () => void close());
};

export const handle: Handle = async ({ event, resolve }) => {
	if (building) return resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', 'ja') });
	const started = performance.now();
	event.locals.request = newId();
	let status = 500;
	try {
		const response = await speaking(event, async (locale) => {
			const refused = (await enter(event)) ?? passGate(event);
			if (refused) return refused;
			const look = lookAttributes(lookFrom(event.cookies.get(lookCookie)));
			return resolve(event, {
				transformPageChunk: ({ html }) => html.replace('%lang%', locale).replace('data-look', look)
			});
		});
		status = response.status;
		return finish(response, event.locals.actor !== undefined);
	} catch (thrown) {
		status = (thrown as { status?: number }).status ?? 500;
		throw thrown;
	} finally {
		const ms = Math.round((performance.now() - started) * 10) / 10;
		const { method } = event.request;
		log('info', 'request', { request: event.locals.request, route: event.route.id, method, status, ms });
	}
};

/** Refuses foreign names and foreign pages, then finds out where and who. */
async function enter(event: RequestEvent): Promise<Response | undefined> {
	const { headers, method } = event.request;
	const origin = env().ORIGIN;
	const host = hostOf(headers, origin);
	if (!isSafe(method) && !fromOwnPage(headers, host, origin)) return closed(event, 403, sentence('error_foreign_page'));
	const excess = isSafe(method) ? undefined : tooMuch(event.route.id, headers);
	if (excess) return closed(event, excess, sentence('error_too_much'));
	// Whoever watches over the server asks by address, and learns nothing but that it lives.
	if (event.route.id === '/healthz') return undefined;
	const hosts = await municipalityHosts();
	const names = hosts.flatMap((one) => one.host ?? []);
	if (!ownHosts(origin, names).has(host)) return closed(event, 421, sentence('error_foreign_host'));
	const here = municipalityAt(hosts, host);
	event.locals.municipality = here;
	const cookie = event.cookies.get(sessionCookie(event.url.protocol === 'https:'));
	event.locals.actor = here && cookie ? await actorOfSession(db, here.id, cookie, new Date()) : undefined;
	return undefined;
}

/** Deny by default. What a person may not see does not exist. */
function passGate(event: RequestEvent): Response | undefined {
	const { route, request, url, locals } = event;
	if (route.id === null) return undefined;
	const found = gateOf(gates, route.id, request.method, url.searchParams);
	if ('closed' in found) {
		if (found.closed === 404) return closed(event, 404, sentence('error_not_found'));
		return closed(event, 405, sentence('error_method'), { allow: found.allow ?? '' });
	}
	if (found.gate === 'public') return undefined;
	if (!locals.actor) {
		if (route.id.startsWith('/api/')) return json({ error: 'signIn' }, { status: 401 });
		redirect(303, `/login?next=${encodeURIComponent(ownPath(url))}`);
	}
	if (!may(locals.actor, found.gate)) return closed(event, 404, sentence('error_not_found'));
	return undefined;
}

/** Where to come back to after signing in; a form action is left out, its input is gone. */
function ownPath(url: URL): string {
	const query = [...url.searchParams].filter(([key]) => !key.startsWith('/') && !key.startsWith('x-sveltekit'));
	return url.pathname + (query.length ? `?${new URLSearchParams(query)}` : '');
}

/** Our fault: a number that a person can read out on the telephone, on screen and in the log. Nothing else leaves. */
export const handleError: HandleServerError = ({ error: thrown, event, status }) => {
	if (status === 404) return { message: sentence('error_not_found') };
	if (status < 500) return { message: sentence('error_input') };
	const number = `${randomInt(1000, 10_000)}-${randomInt(1000, 10_000)}`;
	log('error', 'fault', { request: event.locals.request, route: event.route.id, error: number, ...ofThrown(thrown) });
	return { message: sentence('error_fault', { number }), number };
};
