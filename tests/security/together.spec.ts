/** Several requests in one step: one of them that is not there for whoever asks, and none of them is. */
import Database from 'better-sqlite3';
import { newId } from '#lib/server/db/ids.ts';
import { town } from '../../src/demo/town.ts';
import { expect, test, type Login } from '../journeys/fixtures.ts';
import type { Server } from '../journeys/server.ts';
import { otherTown } from '../people.ts';
import { ask, cookieOf, ownForm } from './ask.ts';
import { stateOf } from './state.ts';
import { twoTowns } from './two-towns.ts';

const DECIDE = '/equipment/requests/decide';
type Line = { item: string; size: string; asked: number };
type Chosen = { request: string; seen: number; lines: Line[] };
type State = 'draft' | 'sent' | 'prepared';

let server: Server;
const cookies = new Map<Login, string>();
/** A request in each state: of another municipality, and of the own town. */
let foreign: Record<State, Chosen>;
const own = {} as Record<State, Chosen>;

test.beforeAll(async () => {
	({ server } = await twoTowns());
	await server.stop();
	const file = new Database(server.database);
	foreign = {
		draft: layForeign(file, 'draft'),
		sent: layForeign(file, 'sent'),
		prepared: layForeign(file, 'prepared')
	};
	const lines = file.prepare('SELECT item, size, asked FROM request_line WHERE request = ?');
	for (const state of ['draft', 'sent', 'prepared'] as const) {
		const of = file.prepare(
			'SELECT id AS request, changedAt AS seen FROM request WHERE municipality = ? AND state = ?'
		);
		const found = of.get(town.municipality, state) as Omit<Chosen, 'lines'>;
		own[state] = { ...found, lines: lines.all(found.request) as Line[] };
	}
	file.close();
	await server.start();
	for (const login of ['safety', 'approver', 'leader'] as const) cookies.set(login, await cookieOf(server, login));
});
test.afterAll(() => server.remove());

/** A request of the other town as its own clerks would find it. */
function layForeign(file: Database.Database, state: State): Chosen {
	const [id, item, of, at] = [newId(), newId(), otherTown.municipality, Date.now()];
	file
		.prepare(
			`INSERT INTO item (id, municipality, name, unit, mode, sizes, createdAt) VALUES (?, ?, ?, '着', 'issue', '[]', ?)`
		)
		.run(item, of, `となりの品 ${state}`, at);
	file
		.prepare(
			`INSERT INTO request (id, municipality, association, state, plan, createdBy, changedAt)
			VALUES (?, ?, ?, 'draft', 'となりの計画', ?, ?)`
		)
		.run(id, of, otherTown.association, otherTown.leader, at);
	file
		.prepare(
			`INSERT INTO request_line (request, item, size, municipality, asked, allocated, handed) VALUES (?, ?, '', ?, 3, 0, 0)`
		)
		.run(id, item, of);
	if (state !== 'draft')
		file
			.prepare('UPDATE request SET state = ?, receiptYear = 2026, receiptNo = ?, sentAt = ? WHERE id = ?')
			.run(state, state === 'sent' ? 1 : 2, at, id);
	if (state === 'prepared') file.prepare('UPDATE request_line SET suggested = 3 WHERE request = ?').run(id);
	return { request: id, seen: at, lines: [{ item, size: '', asked: 3 }] };
}

const page = async (login: Login, all: Chosen[]) =>
	ask(server, { path: `${DECIDE}?${all.map((one) => `id=${one.request}`).join('&')}`, cookie: cookies.get(login) });

/** The form with every box filled in as it should be. */
const form = (login: Login, deed: 'prepare' | 'decide', all: Chosen[]) => {
	const fields = new URLSearchParams({ words: '' });
	for (const { request, seen, lines } of all) {
		fields.append('take[]', request);
		fields.append(`${request}/seen`, String(seen));
		fields.append(`${request}/override`, '特に認める');
		for (const { item, size, asked } of lines) fields.append(`${request}/n:${item}:${size}`, String(asked));
	}
	const path = `${DECIDE}?/${deed}`;
	return ask(server, {
		method: 'POST',
		path,
		cookie: cookies.get(login),
		headers: ownForm(server),
		body: fields.toString()
	});
};

const statesOf = (all: Chosen[]) => {
	const file = new Database(server.database, { readonly: true });
	const state = file.prepare('SELECT state FROM request WHERE id = ?').pluck();
	const found = all.map((one) => state.get(one.request));
	file.close();
	return found;
};

test('requests of another municipality, and drafts that were never sent, are not there among the chosen', async () => {
	const before = stateOf(server.database);
	const wrong: string[] = [];
	for (const login of ['safety', 'approver'] as const)
		for (const [name, hidden] of [...Object.entries(foreign), ['own draft', own.draft]] as const)
			for (const [deed, seen] of [
				['prepare', own.sent],
				['decide', own.prepared]
			] as const)
				for (const all of [[hidden], [seen, hidden], [hidden, seen]]) {
					const { status, body } = await page(login, all);
					if (status !== 404 || body.includes('となりの')) wrong.push(`${login} looks at ${name}: ${status}`);
					const answer = await form(login, deed, all);
					if (answer.status !== 404) wrong.push(`${login} ${deed} ${name}: ${answer.status}`);
				}
	expect(wrong).toEqual([]);
	expect(stateOf(server.database)).toEqual(before);
});

test('a leader decides nothing of anybody, alone or together', async () => {
	const before = stateOf(server.database);
	for (const one of [own.sent, own.prepared, foreign.sent, foreign.prepared]) {
		expect((await page('leader', [one])).status).toBe(404);
		for (const deed of ['prepare', 'decide'] as const) expect((await form('leader', deed, [one])).status).toBe(404);
	}
	expect(stateOf(server.database)).toEqual(before);
});

test('the same forms without the foreign one are accepted', async () => {
	expect((await page('safety', [own.sent])).status).toBe(200);
	expect((await page('approver', [own.prepared])).status).toBe(200);
	expect((await form('safety', 'prepare', [own.sent])).status).toBe(303);
	expect((await form('approver', 'decide', [own.prepared])).status).toBe(303);
	expect(statesOf([own.sent, own.prepared, foreign.sent, foreign.prepared])).toEqual([
		...['prepared', 'approved', 'sent', 'prepared']
	]);
});
