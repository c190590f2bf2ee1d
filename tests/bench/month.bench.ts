/** The month view among 50,000 shifts of 500 bodies, as the server's own time per page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoId } from '../../src/demo/ids.ts';
import { seedPeople, town } from '../people.ts';
import { addDays, firstOfMonth, instantOf, jstDay, monthOfDay } from '#lib/calendar/day.ts';
import { signIn } from '#lib/people/sessions.server.ts';
import { association, person } from '#lib/people/tables.server.ts';
import { closeDatabase, connections, openDatabase, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { migrate, migrationsIn } from '#lib/server/db/migrate.ts';
import { place, shift, signUp } from '#lib/watches/tables.server.ts';
import { startServer } from '../journeys/server.ts';
import type { Figures } from './run.ts';

const BODIES = 500;
const SHIFTS = 50_000;

/** 500 bodies × 100 shifts over three months, three seats taken in each, the month of today in the middle. */
async function largeTown(file: string): Promise<{ leader: string; clerk: string }> {
	const now = new Date();
	const today = jstDay(now);
	const first = addDays(firstOfMonth(monthOfDay(today)), -30);
	const of = town.municipality;
	openDatabase(file);
	migrate(connections().writer, migrationsIn('drizzle'));
	const cookies = { leader: '', clerk: '' };
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		const people = Array.from({ length: 300 }, () => newId());
		for (const id of people)
			await tx.insert(person).values({ id, municipality: of, name: '隊員', kana: 'たいいん', createdAt: now });
		for (let b = 0; b < BODIES; b++) {
			const body = b === 0 ? town.associations.honcho : newId();
			if (b > 0)
				await tx.insert(association).values({
					id: body,
					municipality: of,
					kind: 'neighbourhood',
					name: `町会${b}`,
					kana: `ちょうかい${b}`,
					towns: '',
					createdAt: now
				});
			const spot = demoId('watches', 9, b + 1);
			const row = { id: spot, municipality: of, association: body, kind: 'post' as const, name: '交差点' };
			await tx.insert(place).values({ ...row, line: [], metres: 0, createdAt: now });
			for (let n = 0; n < SHIFTS / BODIES; n++) {
				const onDay = addDays(first, n % 92);
				const id = newId();
				const startsAt = instantOf(onDay, '07:30');
				const times = { from: '07:30', to: '08:30', startsAt, endsAt: instantOf(onDay, '08:30') };
				const who = { municipality: of, association: body, programme: 'schoolWatch' as const, place: spot };
				await tx.insert(shift).values({ id, ...who, onDay, ...times, capacity: 4, minimum: 2, at: now });
				for (let seat = 1; seat <= 3; seat++) {
					const someone = people[(b * 7 + n * 3 + seat) % people.length]!;
					const at = new Date(startsAt.getTime() - 86_400_000);
					await tx
						.insert(signUp)
						.values({ id: newId(), municipality: of, shift: id, person: someone, seat, kind: 'own', by: someone, at });
				}
			}
		}
		cookies.leader = await signIn(tx, { municipality: of, person: town.people.leader }, 'bench', 'demo', now);
		cookies.clerk = await signIn(tx, { municipality: of, person: town.people.safety }, 'bench', 'demo', now);
	});
	connections().writer.exec('ANALYZE');
	closeDatabase();
	return cookies;
}

/** Median of 20 page loads one after the other, in milliseconds. */
async function median(port: number, path: string, cookie: string): Promise<number> {
	const times: number[] = [];
	for (let n = 0; n < 25; n++) {
		const started = performance.now();
		await new Promise<void>((done, failed) =>
			get(
				{ host: '127.0.0.1', port, path, headers: { host: `localhost:${port}`, cookie: `mp=${cookie}` } },
				(answer) => {
					if (answer.statusCode !== 200) failed(new Error(`${path}: ${answer.statusCode}`));
					answer.resume();
					answer.on('end', done);
				}
			).on('error', failed)
		);
		if (n >= 5) times.push(performance.now() - started);
	}
	return times.sort((a, b) => a - b)[10]!;
}

export default async function measure(): Promise<Figures> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-bench-'));
	const file = join(folder, 'town.db');
	const cookies = await largeTown(file);
	const server = await startServer(file, { LOG_LEVEL: 'warn' });
	const month = monthOfDay(jstDay(new Date()));
	const page = async (path: string, cookie: string) => ({
		value: await median(server.port, path, cookie),
		unit: 'ms',
		aim: '< 100'
	});
	try {
		return {
			'month of one body (leader)': await page(`/watches?month=${month}`, cookies.leader),
			'month of 500 bodies (clerk)': await page(`/watches?month=${month}`, cookies.clerk),
			'agenda of 30 days (leader)': await page('/shifts', cookies.leader)
		};
	} finally {
		await server.remove();
		rmSync(folder, { recursive: true, force: true });
	}
}
