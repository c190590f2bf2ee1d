/** The words of a record that a child ran in appear for nobody but the guidance office: on no page, in no export, pack, notice or log. */
import { jstDay } from '#lib/calendar/day.ts';
import { gates } from '#lib/people/gates.ts';
import { may, type Action } from '#lib/people/permissions.ts';
import { answerSchema, thaw } from '#lib/sync/protocol.ts';
import { demoPeople, town } from '../../src/demo/town.ts';
import { expect, logins, test } from '../journeys/fixtures.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { phone } from '../phone.ts';
import { ask, cookieOf, ownForm } from './ask.ts';
import { holder } from './holder.ts';
import { builtRoutes, requestFor } from './routes.ts';
import { trailOf } from './state.ts';

let server: Server;
test.beforeAll(async () => {
	server = await startServer(process.env.TOWN_TEMPLATE);
});
test.afterAll(() => server.remove());

const canary = 'カナリア鳥籠';
/** What a list asks for to be whole. */
const asking: Record<string, string> = {
	'/(app)/members/csv': `?of=${town.associations.honcho}`,
	'/(app)/equipment/ledger/csv': '?year=2025'
};

test('the words of a record reach the guidance office, and nobody else by any way', async () => {
	test.setTimeout(300_000);
	const { volunteer } = demoPeople;
	const now = new Date();
	const mine = phone(volunteer.id, { type: 'association', id: town.associations.honcho }, now);
	const on = jstDay(now);
	const op = await mine.op({
		kind: 'pocket.runIn',
		payload: {
			...{ on, time: '00:00', where: `${canary}の角`, happened: ['followed'], suspect: ['car'] },
			...{ description: `${canary}の上着`, grade: 'lower', children: 1, words: `${canary}と言われた`, called: [] }
		}
	});
	const pushed = await ask(server, {
		method: 'POST',
		path: '/api/v1/sync/push',
		cookie: await cookieOf(server, 'volunteer'),
		headers: { 'content-type': 'application/json', 'x-mp-sync': '1', origin: server.origin },
		body: JSON.stringify(mine.push([op]))
	});
	expect(pushed.body).not.toContain(canary);
	expect(answerSchema.parse(JSON.parse(pushed.body)).results).toMatchObject([{ s: 'stored' }]);
	const page = `/pockets/run-ins/${thaw(op.bytes)!.id}`;

	const routes = (await builtRoutes()).filter(({ id, params }) => id in gates && params.length === 0);
	const seen: string[] = [];
	for (const login of [undefined, ...logins]) {
		const cookie = login && (await cookieOf(server, login));
		const paths = routes
			.filter(({ id }) => {
				const gate = gates[id]!.GET as Action | 'public' | undefined;
				return gate && !id.includes('logout') && (gate === 'public' || (login && may(holder(login), gate)));
			})
			.map((route) => requestFor(route, 'GET').path + (asking[route.id] ?? ''));
		// With its address in hand, too, and by every form of it.
		for (const path of [...paths, page]) {
			const { body } = await ask(server, { path, cookie });
			if (body.includes(canary)) seen.push(`${login} ${path}`);
		}
		if (login === 'guidance') continue;
		const direct = await ask(server, { path: page, cookie });
		expect(direct.status, `${login}`).toBe(login ? 404 : 303);
		for (const door of ['call', 'earlier', 'hand', 'close']) {
			const { status, body } = await ask(server, {
				method: 'POST',
				path: `${page}?/${door}`,
				cookie,
				headers: ownForm(server),
				body: 'review='
			});
			expect(status, `${login} ${door}`).toBe(login ? 404 : 303);
			expect(body).not.toContain(canary);
		}
	}
	expect(seen).toEqual(['guidance /pockets/run-ins', `guidance ${page}`]);
	expect(JSON.stringify(trailOf(server.database))).not.toContain(canary);
});
