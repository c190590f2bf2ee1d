/** A store with scarce stock and many requests that wait for their decision: for races over HTTP. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { prepare } from '#lib/equipment/decisions.server.ts';
import { addItem } from '#lib/equipment/items.server.ts';
import { saveRequest } from '#lib/equipment/requests.server.ts';
import { enterMovement } from '#lib/equipment/stock.server.ts';
import { request } from '#lib/equipment/tables.server.ts';
import { signIn } from '#lib/people/sessions.server.ts';
import { closeDatabase, connections, openDatabase, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { migrate, migrationsIn } from '#lib/server/db/migrate.ts';
import { actorFor, seedPeople, town } from './people.ts';

/** Pieces asked for and proposed in each of the two lines of a request. */
export const EACH = 4;

/** `seen`: when the request last changed, as the form of the decision carries it. */
export type Waiting = { id: string; seen: number; items: [string, string] };
export type StoreCrowd = {
	file: string;
	today: string;
	items: string[];
	waiting: Waiting[];
	/** Sign-ins of the same people on several devices. */
	cookies: Record<'safety' | 'approver' | 'leader', string[]>;
	remove: () => void;
};

/** Writes the town with `requests` prepared requests, and `pieces` of each of `items` items in the store. */
export async function storeCrowd(size: { requests: number; items: number; pieces: number }): Promise<StoreCrowd> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-crowd-'));
	const file = join(folder, 'town.db');
	const now = new Date();
	const today = jstDay(now);
	const association = town.associations.honcho;
	openDatabase(file);
	migrate(connections().writer, migrationsIn('drizzle'));
	const made = await transaction(async (tx) => {
		await seedPeople(tx, today);
		const safety = await actorFor(tx, 'safety', today);
		const leader = await actorFor(tx, 'leader', today);
		const items: string[] = [];
		for (let n = 0; n < size.items; n++) {
			const form = { name: `品 ${n}`, unit: '着', mode: 'issue' as const, sizes: [], reorderAt: null };
			items.push(await addItem(tx, safety, form, now));
			const came = { kind: 'received' as const, size: '', pieces: size.pieces, on: today, reason: '購入' };
			await enterMovement(tx, safety, items[n]!, came, now);
		}
		const waiting: Waiting[] = [];
		for (let n = 0; n < size.requests; n++) {
			const id = newId();
			const pair: [string, string] = [items[n % size.items]!, items[(n + 1) % size.items]!];
			const lines = pair.map((item) => ({ item, size: '', pieces: EACH }));
			await saveRequest(tx, leader, { id, association, plan: '夜間の見守り', as: 'send' }, lines, now);
			const verdicts = lines.map((line) => ({ ...line, reason: '' }));
			await prepare(tx, safety, id, { lines: verdicts, words: '', override: '特に認める' }, now);
			const [row] = await tx.select({ at: request.changedAt }).from(request).where(eq(request.id, id));
			waiting.push({ id, seen: row!.at.getTime(), items: pair });
		}
		const cookies = { safety: [] as string[], approver: [] as string[], leader: [] as string[] };
		for (const who of ['safety', 'approver', 'leader'] as const)
			for (let n = 0; n < 3; n++) {
				const { municipality, person } = await actorFor(tx, who, today);
				cookies[who].push(await signIn(tx, { municipality, person }, 'test', 'password', now));
			}
		return { items, waiting, cookies };
	});
	closeDatabase();
	return { file, today, ...made, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
