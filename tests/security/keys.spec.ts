/** Addresses that are keys: whoever has one needs no sign-in. A key of another town is not a key here, and nobody can tell it from a made-up one. */
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { alphabet } from '#lib/people/code.ts';
import { gates } from '#lib/people/gates.ts';
import { town } from '../../src/demo/town.ts';
import { expect, test } from '../journeys/fixtures.ts';
import { ask, cookieOf, ownForm } from './ask.ts';
import { builtRoutes, doorsOf, requestFor, type Route } from './routes.ts';
import { foreignIds, stateOf } from './state.ts';
import { twoTowns, type TwoTowns } from './two-towns.ts';

let towns: TwoTowns;
test.beforeAll(async () => {
	towns = await twoTowns();
});
test.afterAll(() => towns.server.remove());

const randomToken = () => randomBytes(24).toString('base64url');
const randomCode = () => Array.from({ length: 8 }, () => alphabet[randomInt(alphabet.length)]).join('');

/** Each public route with a parameter: which key opens it, one made up, and what its form is sent. */
const locks: Record<
	string,
	{ key: keyof TwoTowns['own']; madeUp: () => string; body: string; unknown: number; posted: number }
> = {
	// Not an error page: the person is told to ask for a new code.
	'/(public)/join/[code]': { key: 'code', madeUp: randomCode, body: 'agreed=on', unknown: 200, posted: 422 },
	'/(public)/password/[token]': {
		key: 'token',
		madeUp: randomToken,
		body: new URLSearchParams({ password: 'とても長いことばの列 2026' }).toString(),
		unknown: 404,
		// The form refuses, and then there is no page to show it on.
		posted: 404
	},
	'/(public)/pocket/[token]': {
		key: 'link',
		madeUp: () => randomBytes(16).toString('base64url'),
		body: 'result=stays',
		unknown: 404,
		posted: 404
	},
	'/(public)/pocket/[token]/run-in': {
		key: 'link',
		madeUp: () => randomBytes(16).toString('base64url'),
		body: new URLSearchParams({ id: '019abf2e-0000-7000-8000-0000000000aa', 'happened[]': 'lost' }).toString(),
		unknown: 404,
		posted: 404
	},
	'/api/v1/calendar/[token].ics': { key: 'feed', madeUp: randomToken, body: '', unknown: 404, posted: 405 }
};

async function through(route: Route, door: string, key: string, cookie: string | undefined) {
	const { method, path } = requestFor(route, door, Object.fromEntries(route.params.map((name) => [name, key])));
	const { server } = towns;
	const posted = method === 'GET' ? {} : { headers: ownForm(server), body: locks[route.id]!.body };
	const { status, body } = await ask(server, { method, path, cookie, ...posted });
	// Beside the key itself and the nonce of each answer the two must be one text.
	return { status, body: body.replaceAll(key, 'KEY').replace(/nonce="[^"]*"/g, 'nonce') };
}

const publicDoors = async () =>
	(await builtRoutes()).filter(({ id, params }) => params.length > 0 && gates[id]?.GET === 'public');

test('every public route with a key in its address is known here', async () => {
	expect((await publicDoors()).map(({ id }) => id).sort()).toEqual(Object.keys(locks).sort());
});

for (const login of [undefined, 'volunteer', 'admin'] as const)
	test(`to ${login ?? 'nobody in particular'} a key of another town is like one that never was`, async () => {
		const { server, own, foreign } = towns;
		const cookie = login && (await cookieOf(server, login));
		const ids = foreignIds(server.database, town.municipality);
		expect(ids.length).toBeGreaterThan(5);
		const before = stateOf(server.database);
		for (const route of await publicDoors()) {
			const { key, madeUp, unknown, posted } = locks[route.id]!;
			for (const door of doorsOf(route)) {
				const stranger = await through(route, door, madeUp(), cookie);
				expect(stranger.status, `${route.id} ${door}`).toBe(door === 'GET' ? unknown : posted);
				expect(await through(route, door, foreign[key], cookie), `${route.id} ${door}`).toEqual(stranger);
				const noId = await through(route, door, randomUUID(), cookie);
				for (const id of ids) expect(await through(route, door, id, cookie), `${route.id} ${door} ${id}`).toEqual(noId);
			}
			// The key of this town does open, and looks different; it also ends the counting of guesses.
			const opened = await through(route, 'GET', own[key], cookie);
			expect(opened.status).toBe(200);
			expect(opened).not.toEqual(await through(route, 'GET', madeUp(), cookie));
			await through(route, 'GET', own[key], cookie);
		}
		expect(stateOf(server.database)).toEqual(before);
	});
