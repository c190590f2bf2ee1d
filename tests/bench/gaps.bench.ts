/** The gap finder in a city of 50,000 refuge homes with 100 routes: each route asked about once, page and all. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jstDay } from '#lib/calendar/day.ts';
import type { Line, Point } from '#lib/map/length.ts';
import { metresOf } from '#lib/map/length.ts';
import { pocket, pocketConsent } from '#lib/pockets/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { closeDatabase, connections, openDatabase, transaction, type Tx } from '#lib/server/db/index.ts';
import { place } from '#lib/watches/tables.server.ts';
import { seedTown } from '../../src/demo/seed.ts';
import { town } from '../../src/demo/town.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { signIn } from './page-cost.ts';
import type { Figures } from './run.ts';

const schools = Object.values(town.schools);
const HOMES = 50_000;
const ROUTES = 100;
const today = jstDay(new Date());
const now = new Date();
const of = town.municipality;
/** A city of ten kilometres by ten: five hundred homes on each square kilometre. */
const spot = (n: number): Point => [35.65 + ((n * 7_919) % 10_007) * 9e-6, 139.45 + ((n * 104_729) % 10_009) * 1.1e-5];

async function addHomes(tx: Tx, first: number, size: number): Promise<void> {
	const rows = Array.from({ length: size }, (_, k) => {
		const n = first + k;
		const [lat, lng] = spot(n);
		return {
			id: newId(),
			municipality: of,
			number: 100_000 + n,
			state: 'registered' as const,
			kind: n % 10 < 7 ? ('home' as const) : ('shop' as const),
			name: `協力者${n}`,
			kana: 'きょうりょく',
			town: `${n % 97}丁目`,
			address: `${n}番`,
			addressFold: `${n}`,
			school: schools[n % schools.length]!,
			lat,
			lng,
			hours: Array.from({ length: 7 }, (_, day) => (day === n % 7 ? null : { from: '14:00', to: '18:00' })),
			way: 'school' as const,
			appliedOn: today,
			explainedOn: today,
			registeredOn: today,
			changedAt: now
		};
	});
	await tx.insert(pocket).values(rows);
	const said = { municipality: of, version: '1', text: 'はい', givenOn: today, at: now };
	const agreed = rows.flatMap(({ id, kind, number }) => [
		...(number % 2 ? [{ id: newId(), pocket: id, purpose: 'district' as const, ...said }] : []),
		...(kind === 'shop' ? [{ id: newId(), pocket: id, purpose: 'public' as const, ...said }] : [])
	]);
	await tx.insert(pocketConsent).values(agreed);
}

/** A walk of two kilometres to a school. */
function routeOf(n: number): Line {
	const [lat, lng] = spot(n * 491);
	return Array.from({ length: 9 }, (_, k) => [lat + k * 0.0016, lng + (k % 2) * 0.0016] as const);
}

async function largeCity(file: string): Promise<string[]> {
	await seedTown(file, today);
	openDatabase(file);
	const routes = Array.from({ length: ROUTES }, (_, n) => ({ id: newId(), line: routeOf(n), name: `通学路${n}` }));
	const more = { municipality: of, association: town.associations.honcho, kind: 'route' as const, createdAt: now };
	try {
		await transaction((tx) =>
			tx.insert(place).values(routes.map((one) => ({ ...one, ...more, metres: metresOf(one.line) })))
		);
		const size = 500;
		for (let n = 0; n < HOMES; n += size) await transaction((tx) => addHomes(tx, n, size));
		connections().writer.exec('ANALYZE');
	} finally {
		closeDatabase();
	}
	return routes.map(({ id }) => id);
}

/** Milliseconds until each route was answered, the first few left out, in order of their length. */
async function answered(server: Server, cookie: string, routes: readonly string[]): Promise<number[]> {
	const times: number[] = [];
	for (const route of [...routes.slice(0, 5), ...routes]) {
		const started = performance.now();
		const url = `${server.origin}/watches/gaps?route=${route}&weekday=4&half=afternoon`;
		const answer = await fetch(url, { headers: { cookie, accept: 'text/html' } });
		const page = await answer.text();
		if (answer.status !== 200 || !page.includes('id="far"')) throw new Error(`${url}: ${answer.status}`);
		times.push(performance.now() - started);
	}
	return times.slice(5).sort((a, b) => a - b);
}

export default async function measure(): Promise<Figures> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-bench-'));
	const file = join(folder, 'town.db');
	const routes = await largeCity(file);
	const server = await startServer(file, { LOG_LEVEL: 'warn' });
	try {
		const found: Figures = {};
		for (const loginId of ['leader', 'school', 'safety', 'guidance'] as const) {
			const times = await answered(server, await signIn(server, loginId), routes);
			const at = (share: number) => times[Math.floor(times.length * share)]!;
			found[`${loginId}: a route, p50`] = { value: at(0.5), unit: 'ms' };
			found[`${loginId}: a route, p95`] = { value: at(0.95), unit: 'ms', aim: '< 100' };
		}
		return found;
	} finally {
		await server.remove();
		rmSync(folder, { recursive: true, force: true });
	}
}
