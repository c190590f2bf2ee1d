/** Within one town: what belongs to another body is not there for those who reach their own only, and the own things do open. */
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { gates } from '#lib/people/gates.ts';
import { may, type Action } from '#lib/people/permissions.ts';
import { demoPeople, town } from '../../src/demo/town.ts';
import { expect, logins, test, type Login } from '../journeys/fixtures.ts';
import type { Server } from '../journeys/server.ts';
import { otherTown } from '../people.ts';
import { ask, cookieOf, ownForm } from './ask.ts';
import { bodyOf, deeds, own, selfish, type Deed } from './deeds.ts';
import { holder } from './holder.ts';
import { kindOf } from './kinds.ts';
import { addressOf, builtRoutes, type Route } from './routes.ts';
import { stateOf } from './state.ts';
import { attachFiles, everyBody, honcho, otherBodies, thingsIn, type Kind, type Things } from './things.ts';
import { twoTowns } from './two-towns.ts';

let server: Server;
let things: Things;
const cookies = new Map<Login, string>();
test.beforeAll(async () => {
	({ server } = await twoTowns());
	attachFiles(server.database);
	things = thingsIn(server.database);
	for (const login of logins) cookies.set(login, await cookieOf(server, login));
	// What is done first must not decide which things are one's own later.
	for (const deed of deeds) if (deed.own !== undefined && deed.of !== 'offer') own(things, deed.of, deed.own);
	// Somebody must have been offered something: the leader's role, to the volunteer.
	const offer = deeds.find(({ door }) => door === '/(app)/members/handover offer')!;
	const body = () => ({ successor: demoPeople.volunteer.id, fromOn: addDays(jstDay(new Date()), 1) });
	expect((await doDeed('leader', { ...offer, body }, honcho[0]!)).status).toBe(200);
});
test.afterAll(() => server.remove());

const get = async (login: Login, path: string) => (await ask(server, { path, cookie: cookies.get(login) })).status;
const doDeed = (login: Login, { to, body }: Deed, id: string) =>
	ask(server, {
		method: 'POST',
		path: to(id, things),
		cookie: cookies.get(login),
		headers: ownForm(server),
		body: bodyOf(body?.(id, things))
	});
/** Up to three of a kind that belong to other bodies, and up to three of another town's body. */
const foreignOf = (kind: Kind, me: string) =>
	[otherBodies, [otherTown.association]].flatMap((bodies) =>
		things.of(kind, { bodies, apart: honcho, me }).slice(0, 3)
	);

const pages = async () =>
	(await builtRoutes()).filter(({ id, params }) => params.length > 0 && gates[id]?.GET && gates[id].GET !== 'public');
/** `a/b` names what lies in what, where the address asks for two. Of the papers: the one there always is. */
const at = (route: Route, id: string) => {
	const ids = id.split('/');
	return addressOf(route, {
		...Object.fromEntries(route.params.map((name, n) => [name, ids[n] ?? id])),
		paper: 'request'
	});
};

test('every page with something in its address is known here, and every form of a leader', async () => {
	expect((await pages()).map(({ id }) => id).sort()).toEqual(Object.keys(kindOf).sort());
	const forms = Object.entries(gates).flatMap(([id, row]) =>
		Object.entries(row)
			.filter(([door, gate]) => !/^[A-Z]+$/.test(door) && gate !== 'public' && may(holder('leader'), gate))
			.map(([door]) => `${id} ${door}`)
	);
	expect([...new Set([...deeds.map(({ door }) => door), ...selfish])].sort()).toEqual(forms.sort());
});

for (const login of ['volunteer', 'leader'] as const)
	test(`what belongs to another body is not there for the ${login}: no page, and no form however well filled in`, async () => {
		const before = stateOf(server.database);
		const me = demoPeople[login].id;
		const wrong: string[] = [];
		for (const route of await pages()) {
			const kind = kindOf[route.id]!;
			if (kind === 'year') continue;
			const found = kind === 'ownLog' ? foreignOf('log', me) : foreignOf(kind, me);
			expect(found.length, `${kind} of others`).toBeGreaterThan(0);
			for (const id of found) {
				const status = await get(login, at(route, id));
				if (status !== 404) wrong.push(`${at(route, id)}: ${status}`);
			}
		}
		for (const of of foreignOf('association', me))
			for (const path of [
				'/members',
				'/members/csv',
				'/members/handover',
				'/watches/sheet',
				'/equipment/requests/new'
			]) {
				const status = await get(login, `${path}?of=${of}`);
				if (status !== 404) wrong.push(`${path}: ${status}`);
			}
		for (const route of foreignOf('route', me)) {
			const status = await get(login, `/watches/gaps?route=${route}`);
			if (status !== 404) wrong.push(`/watches/gaps ${route}: ${status}`);
		}
		for (const deed of deeds) {
			const found = foreignOf(deed.of, me);
			expect(found.length, `${deed.of} of others`).toBeGreaterThan(0);
			for (const id of found) {
				const { status } = await doDeed(login, deed, id);
				if (status !== (deed.foreign ?? 404)) wrong.push(`${deed.door} ${id}: ${status}`);
			}
		}
		expect(wrong).toEqual([]);
		expect(stateOf(server.database)).toEqual(before);
	});

/** Whose things a role opens: everything of the town, or what lies in its own bodies. */
const districtOfSchool = [town.associations.honcho, town.associations.pta, town.associations.motomachi];
const bodiesOf = (login: Login) =>
	login === 'volunteer' || login === 'leader' ? honcho : login === 'school' ? districtOfSchool : everyBody;
/** Pages that a role's gate opens and that are nevertheless not there for it: they read logs and correct none. */
const readsOnly: Partial<Record<Login, string>> = { approver: '/(app)/patrols/[id]/correction' };
/** The table is the town's: who leads one body is led on to what that body did. */
const leadsOn: Partial<Record<Login, string>> = { leader: '/(app)/reports/[fiscalYear]' };

for (const login of logins)
	test(`what is ${login}'s own does open`, async () => {
		const wrong: string[] = [];
		for (const route of await pages()) {
			const kind = kindOf[route.id]!;
			// The offer made at the start is the volunteer's; nobody else was offered anything.
			if (!may(holder(login), gates[route.id]!.GET as Action) || (kind === 'offer' && login !== 'volunteer')) continue;
			const me = login === 'safety' || login === 'approver' ? demoPeople.leader.id : demoPeople[login].id;
			const section = login === 'officer' ? town.sections.traffic : null;
			const desk = login === 'safety' || login === 'guidance' ? town.sections[login] : section;
			const id =
				kind === 'year'
					? String(fiscalYearAt(new Date()))
					: things.of(kind, { bodies: bodiesOf(login), me, section: kind === 'cell' ? desk : section })[0];
			const status = id === undefined ? 0 : await get(login, at(route, id));
			const expected = readsOnly[login] === route.id ? 404 : leadsOn[login] === route.id ? 303 : 200;
			if (status !== expected) wrong.push(`${route.id} ${id}: ${status}`);
		}
		expect(wrong).toEqual([]);
	});

test('where a role reaches further than its own body, or not as far, by design', async () => {
	const first = (kind: Kind, body: keyof typeof town.associations, section?: string) =>
		things.of(kind, { bodies: [town.associations[body]], section: section ?? null })[0]!;
	const [joint] = things.of('joint', { bodies: [town.associations.crimePrevention] });
	const expected: [Login, string, number][] = [
		// A school: the bodies of its district and their watches, none of another district, no rosters, no logs.
		['school', `/associations/${town.associations.pta}`, 200],
		['school', `/associations/${town.associations.midori}`, 404],
		['school', `/shifts/${first('shift', 'pta')}`, 200],
		['school', `/shifts/${first('shift', 'midori')}`, 404],
		// Gaps: the routes of the bodies one watches with; all of them for those who see to the whole town.
		['leader', `/watches/gaps?route=${first('route', 'honcho')}`, 200],
		['school', `/watches/gaps?route=${first('route', 'motomachi')}`, 200],
		['school', `/watches/gaps?route=${first('route', 'midori')}`, 404],
		['safety', `/watches/gaps?route=${first('route', 'midori')}`, 200],
		['guidance', `/watches/gaps?route=${first('route', 'midori')}`, 200],
		['volunteer', '/watches/gaps', 404],
		// An officer: the findings on the desk of the own section.
		['officer', `/findings/${things.of('finding', { bodies: everyBody, section: town.sections.traffic })[0]}`, 200],
		['officer', `/findings/${things.of('finding', { bodies: everyBody, section: town.sections.roads })[0]}`, 404],
		// A cell of the table of measures: the own section's alone.
		[
			'officer',
			`/reports/${things.of('cell', { bodies: [], section: town.sections.traffic })[0]!.replace('/', '/cells/')}`,
			200
		],
		[
			'officer',
			`/reports/${things.of('cell', { bodies: [], section: town.sections.roads })[0]!.replace('/', '/cells/')}`,
			404
		],
		[
			'safety',
			`/reports/${things.of('cell', { bodies: [], section: town.sections.roads })[0]!.replace('/', '/cells/')}`,
			404
		],
		// A joint patrol is a log of each of its bodies.
		['leader', `/patrols/${joint}`, 200],
		['volunteer', `/patrols/${joint}`, 200],
		// A body's own log is read across the town by the safety section and the approver alone.
		['safety', `/patrols/${first('log', 'midori')}`, 200],
		['approver', `/patrols/${first('log', 'midori')}`, 200]
	];
	const found = await Promise.all(expected.map(async ([login, path]) => [login, path, await get(login, path)]));
	expect(found).toEqual(expected);
});

test('each of those forms is well filled in: sent about an own thing it is accepted', async () => {
	const refused: string[] = [];
	for (const deed of deeds) {
		if (deed.own === undefined) continue;
		const { status, body } = await doDeed('leader', deed, own(things, deed.of, deed.own));
		const why = /class="[^"]*error[^"]*"[^>]*>([^<]+)/.exec(body)?.[1] ?? '';
		if (status !== 200 && status !== 303) refused.push(`${deed.door}: ${status} ${why}`);
	}
	expect(refused).toEqual([]);
});
