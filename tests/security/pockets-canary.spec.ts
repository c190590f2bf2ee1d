/**
 * A private home leaves the server only towards those its host agreed to. Said here a second time, without asking the code that
 * decides: who may learn what of each canary, and who must. Everything a role can fetch is searched for everything it may not know.
 */
import { execFileSync } from 'node:child_process';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { gates } from '#lib/people/gates.ts';
import { may } from '#lib/people/permissions.ts';
import { demoPlaces } from '../../src/demo/places.ts';
import { expect, logins, test, type Login } from '../journeys/fixtures.ts';
import type { Server } from '../journeys/server.ts';
import { ask, cookieOf } from './ask.ts';
import { canary, fields, homeNames, homes, places, type Field, type Home, type Place } from './canaries.ts';
import { holder } from './holder.ts';
import { addressOf, builtRoutes } from './routes.ts';
import { twoTowns } from './two-towns.ts';

let server: Server;
let ids: string[];
test.beforeAll(async () => {
	({ server } = await twoTowns());
	await server.stop();
	ids = JSON.parse(
		execFileSync('node', ['tests/security/canary-homes.ts', server.database], { encoding: 'utf8' })
	) as string[];
	await server.start();
});
test.afterAll(() => server.remove());

const point: readonly Field[] = ['lat', 'lng'];
const sign: readonly Field[] = [...point, 'name', 'closed'];
const contact: readonly Field[] = [...point, 'name', 'contact', 'address', 'phone'];

/** What anybody is told: the point of a home that asked for it, the sign of a shop. */
const everybody: Partial<Record<Home, readonly Field[]>> = { opted: point, shop: sign };
/** Who watches in the district: points of those who agreed to that; no name but that of a sign everybody may read. */
const watching: Partial<Record<Home, readonly Field[]>> = {
	...everybody,
	district: point,
	contact: point,
	quiet: point
};
/** The school of the district: with whom one can reach, where that was agreed to. */
const atSchool: Partial<Record<Home, readonly Field[]>> = {
	...watching,
	contact,
	shop: [...contact, 'closed']
};

/** What a role must be told on its maps, home by home. Everybody else of the staff is one of the public. */
function told(login: Login | undefined, home: Home, place: Place): readonly Field[] {
	const district = { volunteer: watching, leader: watching, school: atSchool };
	const own = place === 'own' && login && login in district ? district[login as keyof typeof district] : everybody;
	return own[home] ?? [];
}

/** Everything there is to fetch: every page and its data, every answer, every file; and the maps in all their shapes. */
async function addresses(login: Login | undefined): Promise<string[]> {
	const all: string[] = [];
	for (const route of await builtRoutes()) {
		const gate = gates[route.id]?.GET;
		if (!gate || route.id.includes('logout') || (gate !== 'public' && !(login && may(holder(login), gate)))) continue;
		const params: Record<string, string>[] = route.params.includes('pocket')
			? ids.map((pocket) => ({ pocket }))
			: [{ fiscalYear: String(fiscalYearAt(new Date())) }];
		for (const one of params) {
			const path = addressOf(route, one);
			all.push(path, ...(route.isPage ? [`${path === '/' ? '' : path}/__data.json`] : []));
		}
	}
	const maps = all.filter((path) => /\/map(\/sheet)?$/.test(path));
	const shapes = [
		'kind=home',
		'open=1',
		'from=30',
		'what=own',
		'what=own&paper=a3&school=本町小学校',
		'school=緑小学校'
	];
	if (all.includes('/watches/gaps'))
		for (const homes of ['all', 'public'])
			all.push(`/watches/gaps?route=${demoPlaces.honchoNight.id}&weekday=1&half=afternoon&homes=${homes}`);
	for (const path of maps) for (const shape of shapes) all.push(encodeURI(`${path}?${shape}`));
	return all;
}

/** How a field may be written: a phone with and without its hyphens. */
const spellings = (value: string) => [value, value.replaceAll('-', '')];

/** `home place field` of every canary that one of the answers holds, with where it was found first. */
async function found(login: Login | undefined, cookie: string | undefined, headers = {}): Promise<Map<string, string>> {
	const hits = new Map<string, string>();
	const all = await addresses(login);
	expect(all.length).toBeGreaterThan(10);
	for (const path of all) {
		const { status, body } = await ask(server, { path, cookie, headers });
		expect(status, path).toBeLessThan(500);
		for (const home of homeNames)
			for (const place of places)
				for (const field of fields) {
					const key = `${home} ${place} ${field}`;
					if (!hits.has(key) && spellings(canary(home, place, field)).some((one) => body.includes(one)))
						hits.set(key, path);
				}
	}
	return hits;
}

for (const login of [undefined, ...logins.filter((one) => one !== 'guidance')])
	test(`${login ?? 'nobody'} learns of each home what its host agreed to, and nothing else`, async () => {
		test.setTimeout(300_000);
		const hits = await found(login, login && (await cookieOf(server, login)));
		const wrong: string[] = [];
		for (const home of homeNames)
			for (const place of places)
				for (const field of fields) {
					const key = `${home} ${place} ${field}`;
					const at = hits.get(key);
					const allowed = told(login, home, place).includes(field);
					if (at && !allowed) wrong.push(`${key} stands on ${at}`);
					if (!at && allowed) wrong.push(`${key} is nowhere`);
				}
		expect(wrong).toEqual([]);
	});

test('the office of the register knows all that are registered, and finds them on its map', async () => {
	test.setTimeout(300_000);
	const hits = await found('guidance', await cookieOf(server, 'guidance'));
	const gone: readonly Home[] = ['paused', 'ended', 'applied'];
	for (const home of homeNames.filter((one) => !gone.includes(one)))
		for (const place of places)
			for (const field of contact) expect([...hits.keys()]).toContain(`${home} ${place} ${field}`);
	expect(Object.keys(homes).length).toBe(homeNames.length);
});

test('the neighbouring town learns of none of them, whoever asks', async () => {
	test.setTimeout(300_000);
	const there = { host: 'tonari.example.jp', origin: 'http://tonari.example.jp', 'sec-fetch-site': 'same-origin' };
	for (const login of [undefined, 'leader'] as const) {
		const cookie = login && (await cookieOf(server, login, 'tonari-no-machi', there));
		expect([...(await found(login, cookie, there))]).toEqual([]);
	}
});

test('the log says nothing of any of them', () => {
	const log = server.output();
	for (const answer of ['/api/v1/pockets.geojson', '/api/v1/pockets.csv']) expect(log).toContain(answer);
	for (const home of homeNames)
		for (const place of places)
			for (const field of fields)
				for (const one of spellings(canary(home, place, field))) expect(log).not.toContain(one);
});
