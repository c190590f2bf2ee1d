import { execFileSync } from 'node:child_process';
import { gates } from '#lib/people/gates.ts';
import { may, permissions, roles, type Action, type Actor, type Role } from '#lib/people/permissions.ts';
import { town } from '../../src/demo/town.ts';
import { expect, logins, test } from '../journeys/fixtures.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { ask, cookieOf, ownForm } from './ask.ts';
import { addressOf, builtRoutes, doorsOf, requestFor, type Route } from './routes.ts';
import { foreignIds, stateOf } from './state.ts';

/** A server whose database holds the second town as well. */
let server: Server;
test.beforeAll(async () => {
	server = await startServer(process.env.TOWN_TEMPLATE);
	await server.stop();
	execFileSync('node', ['tests/security/second-town.ts', server.database], { stdio: 'inherit' });
	await server.start();
});
test.afterAll(() => server.remove());

/** Somebody who holds one role, as far as gates ask. */
const holder = (role: Role): Actor => ({
	municipality: 'm',
	person: 'p',
	name: '',
	// The clerk of the safety section drives the city's cars as a member of their crew, and so is a volunteer.
	grants: [role, ...(role === 'safety' ? (['volunteer'] as const) : [])].map((one) => ({
		role: one,
		association: 'a',
		section: 's',
		school: 'd'
	}))
});

test('the table of gates names every door of every route, and none that is not there', async () => {
	const built = await builtRoutes(true);
	const wrong: string[] = [];
	for (const route of built) {
		const row = Object.hasOwn(gates, route.id) ? gates[route.id]! : {};
		for (const door of doorsOf(route)) if (!(door in row)) wrong.push(`${route.id} ${door} has no gate`);
		for (const door of Object.keys(row))
			if (!doorsOf(route).includes(door)) wrong.push(`${route.id} ${door} is a gate without a door`);
		if (route.actions.length && route.methods.includes('POST'))
			wrong.push(`${route.id} has form actions and an endpoint: which gate?`);
		if (route.id.startsWith('/(app)') && Object.values(row).includes('public'))
			wrong.push(`${route.id} is public in (app)`);
	}
	expect(wrong).toEqual([]);
	const ids = built.map(({ id }) => id);
	expect(Object.keys(gates).filter((id) => !ids.includes(id))).toEqual([]);
	expect(built.length).toBeGreaterThan(10);
	for (const gate of Object.values(gates).flatMap((row) => Object.values(row)))
		if (gate !== 'public') expect(Object.keys(permissions)).toContain(gate);
});

/** Open by role, and yet 404 without what stands behind the question mark (whose roster, which link). */
const askMore = new Set(['/members/csv', '/members/handover', '/setup']);

test('every door opens to the roles of the table, and to nobody else', async () => {
	test.setTimeout(300_000);
	const routes = (await builtRoutes()).filter((route) => route.id in gates);
	const wrong: string[] = [];
	for (const login of [undefined, ...logins]) {
		const cookie = login && (await cookieOf(server, login));
		const before = stateOf(server.database);
		for (const route of routes)
			for (const door of doorsOf(route)) {
				const gate = gates[route.id]![door] as Action | 'public' | undefined;
				if (!gate || route.id.includes('logout')) continue;
				const open = gate === 'public' || (login !== undefined && may(holder(login), gate));
				// What is open is walked by reading only; what is closed by every door.
				if (open && door !== 'GET') continue;
				const { method, path } = requestFor(route, door);
				const headers = method === 'GET' ? {} : ownForm(server);
				const { status, headers: said } = await ask(server, {
					method,
					path,
					cookie,
					headers,
					body: method === 'GET' ? undefined : ''
				});
				const to = String(said.location ?? '');
				const name = `${login ?? 'nobody'} ${method} ${path}: ${status} ${to}`;
				if (status >= 500) wrong.push(name);
				else if (open && !login && to.startsWith('/login?next=')) wrong.push(name);
				else if (
					open &&
					!route.params.length &&
					!askMore.has(path) &&
					(status === 403 || status === 404 || status === 401)
				)
					wrong.push(name);
				else if (!open && !login && route.id.startsWith('/api/') && status !== 401) wrong.push(name);
				else if (!open && !login && !route.id.startsWith('/api/') && !(status === 303 && to.startsWith('/login?next=')))
					wrong.push(name);
				else if (!open && login && status !== 404) wrong.push(name);
			}
		// An export that somebody may make leaves its line in the trail; nothing else may change.
		const after = stateOf(server.database);
		expect({ ...after, trail: before.trail }, login ?? 'nobody').toEqual(before);
	}
	expect(wrong).toEqual([]);
});

/** Every way to fill the parameters of a route with one id. */
const filled = (route: Route, id: string) => Object.fromEntries(route.params.map((name) => [name, id]));

test('what belongs to another municipality does not exist, behind any door, for anybody', async () => {
	test.setTimeout(300_000);
	const foreign = [...new Set([...foreignIds(server.database, town.municipality).values()].flat())];
	expect(foreign.length).toBeGreaterThan(5);
	// A page for everybody (a typed code, a one-time link) answers anybody alike, whatever stands in its address.
	const routes = (await builtRoutes()).filter(({ id, params }) => params.length > 0 && gates[id]?.GET !== 'public');
	const wrong: string[] = [];
	for (const login of logins) {
		const cookie = await cookieOf(server, login);
		const before = stateOf(server.database);
		for (const route of routes)
			for (const door of doorsOf(route))
				for (const id of foreign) {
					const { method, path } = requestFor(route, door, filled(route, id));
					const headers = method === 'GET' ? {} : ownForm(server);
					const { status } = await ask(server, {
						method,
						path,
						cookie,
						headers,
						body: method === 'GET' ? undefined : ''
					});
					// A form is looked at before its object: 422 says nothing about what is there.
					const fine = method === 'GET' ? [400, 401, 403, 404] : [400, 401, 403, 404, 413, 415, 422];
					if (!fine.includes(status)) wrong.push(`${login} ${method} ${path}: ${status}`);
				}
		expect(stateOf(server.database), login).toEqual(before);
	}
	expect(wrong).toEqual([]);
});

test('a session of one town opens nothing in the other', async () => {
	const there = { host: 'tonari.example.jp', origin: 'http://tonari.example.jp', 'sec-fetch-site': 'same-origin' };
	const here = await cookieOf(server, 'leader');
	const crossed = await ask(server, { path: '/home', cookie: here, headers: there });
	expect([crossed.status, String(crossed.headers.location)]).toEqual([303, expect.stringMatching(/^\/login/)]);
	const theirs = await cookieOf(server, 'leader', 'tonari-no-machi', there);
	expect((await ask(server, { path: '/home', cookie: theirs, headers: there })).status).toBe(200);
	expect((await ask(server, { path: '/home', cookie: theirs })).status).toBe(303);
});

test('what belongs to another body of the town is closed to roles that reach their own body only', async () => {
	test.setTimeout(300_000);
	const own = [town.associations.honcho];
	const routes = (await builtRoutes()).filter((route) => route.params.length > 0 && !route.id.startsWith('/(public)'));
	const wrong: string[] = [];
	for (const login of ['volunteer', 'leader'] as const) {
		const cookie = await cookieOf(server, login);
		const before = stateOf(server.database);
		const strangers = foreignIds(server.database, town.municipality, own);
		for (const route of routes)
			for (const door of doorsOf(route).filter((door) => door !== 'GET'))
				for (const id of [...strangers.values()].flat()) {
					const { method, path } = requestFor(route, door, filled(route, id));
					const { status } = await ask(server, { method, path, cookie, headers: ownForm(server), body: '' });
					if (![400, 401, 403, 404, 413, 415, 422].includes(status))
						wrong.push(`${login} ${method} ${path}: ${status}`);
				}
		expect(stateOf(server.database), login).toEqual(before);
	}
	expect(wrong).toEqual([]);
	expect(roles.length).toBe(logins.length);
	expect(addressOf({ id: '/(app)/x/[id]', params: ['id'], isPage: true, methods: [], actions: [] }, { id: '1' })).toBe(
		'/x/1'
	);
});
