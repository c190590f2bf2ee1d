/** The invented town grown to 500 bodies and 50,000 logs over five fiscal years: what a large city has after some years. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addDays, instantOf, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { association, membership, person } from '#lib/people/tables.server.ts';
import type { Programme } from '#lib/patrols/log.ts';
import { log, logAssociation, logConfirmation, logPerson, logVersion } from '#lib/patrols/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { closeDatabase, connections, openDatabase, transaction, type Tx } from '#lib/server/db/index.ts';
import { seedTown } from '../../src/demo/seed.ts';
import { town } from '../../src/demo/people.ts';

export const bodies = 500;
export const logs = 50_000;
const membersEach = 10;
const of = town.municipality;
const mix: Programme[] = ['schoolWatch', 'schoolWatch', 'volunteerPatrol', 'nagara', 'greeting'];

let laid: Promise<string> | undefined;

/** The file with the big town, for copying: laid out once for all benches, half a million rows take longer than what is measured. */
export const bigTown = (): Promise<string> => (laid ??= layOut());

async function layOut(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-bench-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	const file = join(folder, 'town.db');
	await layBigTown(file, jstDay(new Date()));
	return file;
}

/** Lays the big town out in `file`. Deterministic but for its ids. */
export async function layBigTown(file: string, today: string): Promise<void> {
	await seedTown(file, today);
	openDatabase(file);
	try {
		const groups = await transaction((tx) => addBodies(tx));
		const size = 500;
		for (let n = 0; n < logs; n += size) await transaction((tx) => addLogs(tx, groups, n, size, today));
		connections().writer.exec('ANALYZE');
	} finally {
		closeDatabase();
	}
}

type Group = { id: string; members: string[] };

async function addBodies(tx: Tx): Promise<Group[]> {
	const at = instantOf('2020-04-01');
	const groups = Array.from({ length: bodies }, () => ({
		id: newId(),
		members: Array.from({ length: membersEach }, () => newId())
	}));
	for (const [n, { id, members }] of groups.entries()) {
		const kana = `だい${String(n).padStart(3, '0')}ちょうかい`;
		const common = { municipality: of, createdAt: at };
		await tx
			.insert(association)
			.values({ id, ...common, kind: 'neighbourhood', name: `第${n + 1}町会`, kana, towns: '' });
		await tx
			.insert(person)
			.values(members.map((one, k) => ({ id: one, ...common, name: `隊員 ${n}-${k}`, kana: `たいいん${k}` })));
		await tx
			.insert(membership)
			.values(
				members.map((one) => ({ id: newId(), municipality: of, person: one, association: id, joinedOn: '2020-04-01' }))
			);
	}
	return groups;
}

/** Ten thousand a year, spread over its days and the bodies; one in fifty still waits. */
async function addLogs(tx: Tx, groups: Group[], first: number, size: number, today: string): Promise<void> {
	const numbers = Array.from({ length: size }, (_, k) => first + k);
	const rows = numbers.map((n) => {
		const group = groups[(n * 7) % bodies]!;
		const onDay = addDays(today, -1 - Math.floor((n * 1826) / logs));
		const departedAt = instantOf(onDay, `${String(7 + (n % 13)).padStart(2, '0')}:${n % 2 ? '30' : '00'}`);
		const walkers = [0, 1, 2, 3].map((k) => group.members[(n + k) % membersEach]!);
		return { id: newId(), group, onDay, departedAt, walkers, waits: n % 50 === 0, programme: mix[n % mix.length]! };
	});
	await tx.insert(log).values(
		rows.map(({ id, group, walkers, departedAt }) => ({
			id,
			municipality: of,
			association: group.id,
			author: walkers[0]!,
			forOthers: false,
			latest: 1,
			createdAt: departedAt
		}))
	);
	for (let k = 0; k < rows.length; k += 100)
		await tx.insert(logVersion).values(
			rows.slice(k, k + 100).map(({ id, onDay, departedAt, walkers, programme }) => ({
				id,
				municipality: of,
				log: id,
				number: 1,
				by: walkers[0]!,
				at: departedAt,
				programme,
				onDay,
				fiscalYear: fiscalYearOf(onDay),
				departedAt,
				finishedAt: new Date(departedAt.getTime() + 50 * 60_000),
				method: 'foot' as const,
				metres: 1200 + (departedAt.getTime() % 900),
				metresFrom: 'estimate' as const,
				remarks: '',
				handOver: '',
				typed: false,
				clockDoubt: false,
				headcount: 4,
				blueLight: false,
				announced: false,
				cardHolder: false
			}))
		);
	const common = (version: string) => ({ version, municipality: of });
	await tx.insert(logAssociation).values(rows.map(({ id, group }) => ({ ...common(id), association: group.id })));
	await tx
		.insert(logPerson)
		.values(rows.flatMap(({ id, walkers }) => walkers.map((one) => ({ ...common(id), person: one }))));
	await tx
		.insert(logConfirmation)
		.values(
			rows
				.filter((row) => !row.waits)
				.map(({ id, walkers, departedAt }) => ({ ...common(id), log: id, by: walkers[1]!, at: departedAt }))
		);
}
