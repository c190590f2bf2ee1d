import { gates } from '#lib/people/gates.ts';
import { may, permissions, type Action } from '#lib/people/permissions.ts';
import { demoPlaces } from '../../src/demo/places.ts';
import { demoPeople, town } from '../../src/demo/town.ts';
import { expect, logins, test, type Login } from '../journeys/fixtures.ts';
import type { Server } from '../journeys/server.ts';
import { ask, cookieOf, ownForm } from './ask.ts';
import { holder } from './holder.ts';
import { builtRoutes, doorsOf, requestFor, type Route } from './routes.ts';
import { foreignIds, stateOf, trailOf } from './state.ts';
import { twoTowns } from './two-towns.ts';

let server: Server;
test.beforeAll(async () => {
	({ server } = await twoTowns());
});
test.afterAll(() => server.remove());

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

/** What a route asks for behind the question mark: whose roster, whose role. */
const asking: Record<string, string> = {
	'/(app)/members/csv': `?of=${town.associations.honcho}`,
	'/(app)/members/handover': `?of=${town.associations.honcho}`,
	'/(app)/equipment/ledger/csv': '?year=2025',
	'/(app)/watches/gaps': `?route=${demoPlaces.honchoNight.id}`
};

/** Exists only while there is no administrator, and this town has one: not there for anybody. Its own journey opens it. */
const over: readonly string[] = ['/(public)/setup'];

/** Reading that leaves a line in the trail: who took a list out of the house, who looked at private data of refuge homes or at the records of children. */
const exported: Record<string, string> = {
	'/(app)/members/csv': 'roster.export',
	'/(app)/associations/csv': 'association.export',
	'/(app)/pockets': 'pocket.look',
	'/(app)/pockets/run-ins': 'runIn.look'
};

/** Reading of exact private data, which the office does not do unseen. */
const looked: Record<string, Login> = { '/(app)/pockets/map': 'guidance', '/(app)/watches/gaps': 'guidance' };

test('every door opens to the roles of the table, and to nobody else', async () => {
	test.setTimeout(300_000);
	const routes = (await builtRoutes()).filter((route) => route.id in gates);
	const wrong: string[] = [];
	for (const login of [undefined, ...logins]) {
		const cookie = login && (await cookieOf(server, login));
		const before = stateOf(server.database);
		const trailed = trailOf(server.database);
		const exports: string[] = [];
		for (const route of routes)
			for (const door of doorsOf(route)) {
				const gate = gates[route.id]![door] as Action | 'public' | undefined;
				if (!gate || route.id.includes('logout')) continue;
				const open = gate === 'public' || (login !== undefined && may(holder(login), gate));
				// What is open is walked by reading only; what is closed by every door.
				if (open && door !== 'GET') continue;
				const { method, path: address } = requestFor(route, door);
				const path = method === 'GET' ? address + (asking[route.id] ?? '') : address;
				if (open && login && exported[route.id]) exports.push(`${exported[route.id]} ${demoPeople[login].id}`);
				if (open && login && looked[route.id] === login) exports.push(`pocket.look ${demoPeople[login].id}`);
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
				else if (over.includes(route.id)) {
					if (status !== 404) wrong.push(name);
				} else if (open && !login && to.startsWith('/login?next=')) wrong.push(name);
				else if (open && !route.params.length && (status === 403 || status === 404 || status === 401)) wrong.push(name);
				else if (!open && !login && route.id.startsWith('/api/') && status !== 401) wrong.push(name);
				else if (!open && !login && !route.id.startsWith('/api/') && !(status === 303 && to.startsWith('/login?next=')))
					wrong.push(name);
				else if (!open && login && status !== 404) wrong.push(name);
			}
		// An export that somebody may make, and a look at private homes, leaves its line in the trail; nothing else changes, and no other line is written.
		const after = stateOf(server.database);
		expect(trailOf(server.database).slice(trailed.length), login ?? 'nobody').toEqual(exports);
		expect({ ...after, trail: before.trail }, login ?? 'nobody').toEqual(before);
		if (login === 'admin') expect(exports.length).toBe(2);
	}
	expect(wrong).toEqual([]);
});

/** Every way to fill the parameters of a route with one id. */
const filled = (route: Route, id: string) => Object.fromEntries(route.params.map((name) => [name, id]));

test('what belongs to another municipality does not exist, behind any door, for anybody', async () => {
	test.setTimeout(300_000);
	const foreign = [...new Set(foreignIds(server.database, town.municipality))];
	expect(foreign.length).toBeGreaterThan(5);
	// A page for everybody (a typed code, a one-time link) has a walk of its own: keys.spec.ts.
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
