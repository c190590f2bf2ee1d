/**
 * What a phone may send: every kind of op that a room has registered, on behalf of a body that is not its author's, about things
 * of another body, and in another person's name. It is stored, so that nothing is lost, and it has no effect.
 */
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { newId } from '#lib/server/db/ids.ts';
import { registeredKinds } from '#lib/sync/handlers.server.ts';
import { answerSchema, type Bytes, type Op, type Result } from '#lib/sync/protocol.ts';
import '../../src/routes/api/v1/sync/handlers.ts';
import { demoPeople, town } from '../../src/demo/town.ts';
import { expect, test } from '../journeys/fixtures.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { phone, type Phone } from '../phone.ts';
import { ask, cookieOf } from './ask.ts';
import { stateOf } from './state.ts';
import { honcho, otherBodies, thingsIn, type Things } from './things.ts';

const now = new Date();
const { volunteer, hayashi, safety, leader } = demoPeople;
const own = { type: 'association', id: town.associations.honcho } as const;
/** On whose behalf the clerk of the store records. */
const desk = { type: 'section', id: town.sections.safety } as const;
const midori = { type: 'association', id: town.associations.midori } as const;

let server: Server;
let things: Things;
let cookie: string;
let deskCookie: string;
test.beforeAll(async () => {
	server = await startServer(process.env.TOWN_TEMPLATE);
	things = thingsIn(server.database);
	cookie = await cookieOf(server, 'volunteer');
	deskCookie = await cookieOf(server, 'safety');
});
test.afterAll(() => server.remove());

const today = jstDay(now);
const yesterday = addDays(today, -1);
const walk = (person: string, more: object = {}) => ({
	...{ programme: 'volunteerPatrol', jointly: [], on: yesterday, people: [person], others: {} },
	...{ departedAt: `${yesterday}T19:30:00+09:00`, finishedAt: `${yesterday}T20:20:00+09:00`, method: 'foot' },
	...{ metres: 1800, metresFrom: 'estimate', remarks: '', handOver: '', findings: [], typed: false, ...more }
});
const noticed = () => ({ id: newId(), kind: 'dumping', place: '公園の裏', note: '冷蔵庫' });

/** Things an op can name, of one body. */
type Named = { shift: string; log: string; place: string; granted: string; door: string };
const named = (body: string): Named => ({
	shift: things.of('shift', { bodies: [body] })[0]!,
	log: things.of('log', { bodies: [body] })[0]!,
	place: things.of('place', { bodies: [body] })[0]!,
	granted: things.of('granted', { bodies: [body] })[0] ?? things.of('granted', { bodies: otherBodies })[0]!,
	door: things.of('door', { bodies: [body] })[0]!
});

/**
 * Per kind: what is right to send about some things, by whom. `own`: what becomes of it where everything is the author's own;
 * a check-in is too early for a watch of the days to come, which a rule says, not a right.
 */
type Row = {
	send: (of: Named, person: string) => Partial<Bytes>;
	own: 'accepted' | 'needsFix';
	/** Where the body is one's own and the thing is not. */
	foreignThing: 'rejected leader' | undefined;
	/** Not everybody of a body may send it: the clerk of the store does, or the leader. */
	by?: 'desk' | 'leader';
};
const rows: Record<string, Row> = {
	// A walk may lead along another body's route: places are the town's.
	'patrol.submit': {
		send: ({ place }, person) => ({ payload: walk(person, { post: place }) }),
		own: 'accepted',
		foreignThing: undefined
	},
	'patrol.amend': {
		send: ({ log }, person) => ({ base: log, payload: walk(person, { reason: '距離の入れまちがい' }) }),
		own: 'accepted',
		foreignThing: 'rejected leader'
	},
	'patrol.withdraw': {
		send: ({ log }) => ({ base: log, payload: { reason: '二重に記録した' } }),
		own: 'accepted',
		foreignThing: 'rejected leader'
	},
	// Names nothing but itself.
	'finding.report': { send: () => ({ payload: noticed() }), own: 'accepted', foreignThing: undefined },
	'shift.join': { send: ({ shift }) => ({ payload: { shift } }), own: 'accepted', foreignThing: 'rejected leader' },
	'shift.leave': { send: ({ shift }) => ({ payload: { shift } }), own: 'accepted', foreignThing: 'rejected leader' },
	'shift.checkIn': { send: ({ shift }) => ({ payload: { shift } }), own: 'needsFix', foreignThing: 'rejected leader' },
	// Names nothing but itself; a home of another town is left out.
	'pocket.runIn': {
		send: () => ({
			payload: {
				...{ on: yesterday, time: '16:00', where: '公園の前', happened: ['lost'], suspect: [], description: '' },
				...{ grade: 'lower', children: 1, words: '', called: [] }
			}
		}),
		own: 'accepted',
		foreignThing: undefined
	},
	// No round is open before January; a home of another district is not there.
	'pocket.confirm': {
		send: ({ door }) => ({
			payload: { pocket: door, fiscalYear: fiscalYearAt(now), method: 'visit', result: 'stays', words: '' }
		}),
		own: 'needsFix',
		foreignThing: 'rejected leader',
		by: 'leader'
	},
	'equipment.receive': {
		send: ({ granted }) => {
			const [line] = things.linesOf(granted);
			return {
				payload: { request: granted, on: today, receivedBy: '試験 太郎', lines: [{ ...line, pieces: 1 }] }
			};
		},
		own: 'accepted',
		foreignThing: 'rejected leader',
		by: 'desk'
	}
};

async function push(from: Phone, ops: Op[], by = cookie): Promise<{ status: number; results: Result[] }> {
	const { status, body } = await ask(server, {
		method: 'POST',
		path: '/api/v1/sync/push',
		cookie: by,
		headers: { 'content-type': 'application/json', 'x-mp-sync': '1', origin: server.origin },
		body: JSON.stringify(from.push(ops))
	});
	return { status, results: status === 200 ? answerSchema.parse(JSON.parse(body)).results : [] };
}
const said = (result: Result | undefined) =>
	result && 'outcome' in result ? `${result.s} ${result.outcome.is} ${result.outcome.fix ?? ''}`.trim() : result?.s;

/** The town without what the post office of the phones keeps of every letter. */
const townNow = () =>
	Object.fromEntries(Object.entries(stateOf(server.database)).filter(([table]) => !/^sync_/.test(table)));

test('every registered kind of op is walked here, and none that is not there', () => {
	expect(registeredKinds().toSorted()).toEqual(Object.keys(rows).sort());
});

test('an op on behalf of a body that is not its author’s is stored, goes to the leader, and does nothing', async () => {
	const before = townNow();
	const mine = phone(volunteer.id, midori, now);
	const ops = await Promise.all(
		Object.entries(rows).map(([kind, { send }]) => mine.op({ kind, ...send(named(midori.id), volunteer.id) }))
	);
	const { status, results } = await push(mine, ops);
	expect(status).toBe(200);
	const found = Object.keys(rows).map((kind, n) => [kind, said(results[n])]);
	expect(found).toEqual(Object.keys(rows).map((kind) => [kind, 'stored rejected leader']));
	expect(townNow()).toEqual(before);
});

test('an op of one’s own body about a thing of another does nothing', async () => {
	const before = townNow();
	const mine = phone(volunteer.id, own, now);
	const kinds = Object.entries(rows).filter(([, { foreignThing }]) => foreignThing);
	const ops = await Promise.all(
		kinds.map(([kind, { send }]) => mine.op({ kind, ...send(named(midori.id), volunteer.id) }))
	);
	const { results } = await push(mine, ops);
	const found = kinds.map(([kind], n) => [kind, said(results[n])]);
	expect(found).toEqual(kinds.map(([kind, { foreignThing }]) => [kind, `stored ${foreignThing}`]));
	expect(townNow()).toEqual(before);
});

test('an op in another person’s name does nothing under my session, alone or among my own', async () => {
	const before = townNow();
	const mine = phone(volunteer.id, own, now);
	const theirs = await Promise.all(
		Object.entries(rows).map(([kind, { send }]) =>
			mine.op({ kind, author: hayashi.id, body: midori, ...send(named(midori.id), hayashi.id) })
		)
	);
	// Alone: it is not taken at all, and waits on the phone for its owner.
	expect(await push(mine, theirs)).toEqual({ status: 403, results: [] });
	const { results } = await push(mine, [...theirs, await mine.op({ kind: 'void', payload: {} })]);
	expect(results.slice(0, -1).map(said)).toEqual(theirs.map(() => 'stored rejected none'));
	expect(said(results.at(-1))).toBe('stored accepted');
	expect(townNow()).toEqual(before);
});

test('each of those ops is well made: about own things it takes effect', async () => {
	const mine = phone(volunteer.id, own, now);
	const ownLog = things.of('ownLog', { bodies: honcho, me: volunteer.id })[0]!;
	const of = { ...named(own.id), log: ownLog };
	const found: string[] = [];
	const clerks = phone(safety.id, desk, now);
	const leaders = phone(leader.id, own, now);
	const senders = { desk: [clerks, deskCookie], leader: [leaders, await cookieOf(server, 'leader')] } as const;
	for (const [kind, { send, by: whose }] of Object.entries(rows)) {
		const before = JSON.stringify(townNow());
		const [from, by] = whose ? senders[whose] : ([mine, cookie] as const);
		const { results } = await push(from, [await from.op({ kind, ...send(of, from.person) })], by);
		const changed = JSON.stringify(townNow()) !== before;
		found.push(`${kind} ${'outcome' in results[0]! ? results[0].outcome.is : ''} ${changed ? 'changes' : 'leaves'}`);
	}
	expect(found).toEqual(
		Object.entries(rows).map(([kind, row]) => `${kind} ${row.own} ${row.own === 'accepted' ? 'changes' : 'leaves'}`)
	);
});
