/** The big town after some years with a store: 5,000 requests in every state, and a ledger of 200,000 lines. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, eq, max } from 'drizzle-orm';
import { addDays, instantOf, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import type { State } from '#lib/equipment/request.ts';
import {
	handover,
	handoverLine,
	item,
	request,
	requestDeed,
	requestLine,
	stockMovement
} from '#lib/equipment/tables.server.ts';
import { association } from '#lib/people/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { closeDatabase, connections, openDatabase, transaction, type Tx } from '#lib/server/db/index.ts';
import { demoPeople, town } from '../../src/demo/town.ts';
import { bigTown } from './big-town.ts';

export const requests = 5_000;
export const movements = 200_000;
const years = 5;
const items = 12;
const sizes = ['M', 'L'];
const each = 5;
const of = town.municipality;
const by = demoPeople.safety.id;
/** Most are done; the rest stands in every other state. */
const mix: State[] = ['done', 'done', 'done', 'approved', 'done', 'sent', 'done', 'prepared', 'declined', 'withdrawn'];

let laid: Promise<BigStore> | undefined;
/** Requests by their state: `granted` waits for its hand-over. */
export type BigStore = {
	file: string;
	item: string;
	bodies: string[];
	sent: string[];
	prepared: string[];
	granted: string;
};

/** The file with the big store, for copying: laid out once for all benches. */
export const bigStore = (): Promise<BigStore> => (laid ??= layOut());

async function layOut(): Promise<BigStore> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-store-'));
	process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
	const file = join(folder, 'town.db');
	copyFileSync(await bigTown(), file);
	openDatabase(file);
	try {
		const today = jstDay(new Date());
		const ids = await transaction((tx) => addItems(tx));
		const bodies = await transaction((tx) =>
			tx.select({ id: association.id }).from(association).where(eq(association.municipality, of))
		).then((rows) => rows.map((row) => row.id));
		const ledger = new Ledger(ids, addDays(today, -365 * years));
		const size = 500;
		const perRequest = Math.floor(movements / requests);
		for (let n = 0; n < requests; n += size)
			await transaction(async (tx) => {
				for (let k = n; k < n + size; k++) {
					const day = addDays(today, -1 - Math.floor(((requests - 1 - k) * 365 * years) / requests));
					await ledger.fill(tx, day, perRequest);
					await addRequest(tx, ledger, bodies[(k * 7) % bodies.length]!, k, day);
				}
				await ledger.write(tx);
			});
		connections().writer.exec('ANALYZE');
		const inState = (state: State) =>
			transaction((tx) => tx.select({ id: request.id }).from(request).where(eq(request.state, state))).then((rows) =>
				rows.map((row) => row.id)
			);
		const [sent, prepared, [granted]] = [await inState('sent'), await inState('prepared'), await inState('approved')];
		return { file, item: ids[0]!, bodies, sent, prepared, granted: granted! };
	} finally {
		closeDatabase();
	}
}

async function addItems(tx: Tx): Promise<string[]> {
	const ids = Array.from({ length: items }, () => newId());
	await tx.insert(item).values(
		ids.map((id, n) => ({
			id,
			municipality: of,
			name: `資機材 ${n + 1}`,
			unit: '着',
			mode: 'issue' as const,
			sizes,
			reorderAt: 5,
			createdAt: instantOf('2020-04-01')
		}))
	);
	return ids;
}

type Line = typeof stockMovement.$inferInsert;

/** Lines of the ledger with their balances, gathered and written in large steps. */
class Ledger {
	readonly #items: string[];
	readonly #balances = new Map<string, number>();
	#waiting: Line[] = [];
	#n = 0;

	constructor(all: string[], opening: string) {
		this.#items = all;
		for (let n = 0; n < items * sizes.length; n++) this.add(this.boxAt(n), 9_000, opening);
	}

	boxAt(n: number): { item: string; size: string } {
		return { item: this.#items[n % items]!, size: sizes[Math.floor(n / items) % sizes.length]! };
	}

	add(box: { item: string; size: string }, pieces: number, day: string, handedOver?: string): void {
		const name = `${box.item}:${box.size}`;
		const after = (this.#balances.get(name) ?? 0) + pieces;
		this.#balances.set(name, after);
		this.#waiting.push({
			municipality: of,
			...box,
			kind: pieces > 0 ? 'received' : 'issued',
			pieces,
			after,
			onDay: day,
			fiscalYear: fiscalYearOf(day),
			reason: '年度当初の購入',
			handover: handedOver ?? null,
			by,
			at: instantOf(day, '10:00')
		});
	}

	/** So many lines of a day. What comes in and goes out by turns. */
	async fill(tx: Tx, day: string, lines: number): Promise<void> {
		for (let k = 0; k < lines; k++, this.#n++) {
			const round = Math.floor(this.#n / (items * sizes.length));
			this.add(this.boxAt(this.#n), round % 2 ? -each : each, day);
		}
		await this.write(tx);
	}

	async write(tx: Tx): Promise<void> {
		for (let k = 0; k < this.#waiting.length; k += 100)
			await tx.insert(stockMovement).values(this.#waiting.slice(k, k + 100));
		this.#waiting = [];
	}
}

/** One request of two lines, brought to its state as the verbs would, and handed over where it is done. */
async function addRequest(tx: Tx, ledger: Ledger, body: string, n: number, day: string): Promise<void> {
	const id = newId();
	const at = instantOf(day, '09:00');
	const state = mix[n % mix.length]!;
	const receiptYear = fiscalYearOf(day);
	const [last] = await tx
		.select({ no: max(request.receiptNo) })
		.from(request)
		.where(and(eq(request.municipality, of), eq(request.receiptYear, receiptYear)));
	const boxes = [ledger.boxAt(n), ledger.boxAt(n + 1)];
	await tx.insert(request).values({
		id,
		municipality: of,
		association: body,
		state: 'draft',
		plan: '夜間の見守り',
		createdBy: by,
		changedAt: at
	});
	await tx
		.insert(requestLine)
		.values(boxes.map((box) => ({ request: id, ...box, municipality: of, asked: each, allocated: 0, handed: 0 })));
	const decided = state === 'done' || state === 'approved';
	await tx
		.update(request)
		.set({ state, receiptYear, receiptNo: (last?.no ?? 0) + 1, sentAt: at, decidedOn: decided ? day : null })
		.where(eq(request.id, id));
	await tx
		.insert(requestDeed)
		.values({ id: newId(), municipality: of, request: id, deed: 'send', words: null, by, at });
	if (!decided) return;
	for (const { item: what, size } of boxes) {
		const mine = and(eq(requestLine.request, id), eq(requestLine.item, what), eq(requestLine.size, size));
		await tx.update(requestLine).set({ suggested: each, approved: each }).where(mine);
		if (state === 'done') await tx.update(requestLine).set({ allocated: each }).where(mine);
	}
	if (state !== 'done') return;
	const handing = newId();
	await tx.insert(handover).values({
		id: handing,
		municipality: of,
		request: id,
		state: 'booked',
		onDay: day,
		fiscalYear: receiptYear,
		receivedBy: '髙橋 𠮷子',
		by,
		at
	});
	for (const box of boxes) {
		await tx.insert(handoverLine).values({ handover: handing, ...box, municipality: of, pieces: each, back: 0 });
		ledger.add(box, -each, day, handing);
	}
	await ledger.write(tx);
}
