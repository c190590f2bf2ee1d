/** Many phones without screens: they push ops over HTTP and remember every receipt they were given. */
import Database from 'better-sqlite3';
import { expect } from '@playwright/test';
import { answerSchema, type Op } from '#lib/sync/protocol.ts';
import { demoPeople, town } from '../../src/demo/town.ts';
import type { Server } from '../journeys/server.ts';
import { phone, walk, type Phone } from '../phone.ts';
import { ask, type Answer } from '../security/ask.ts';

/** What a phone was told is at the server: number by hash. */
export type Ledger = Map<string, number>;

export const newPhone = (now = new Date()): Phone =>
	phone(demoPeople.volunteer.id, { type: 'association', id: town.associations.honcho }, now);

/** An op that leaves nothing but itself: the deletion of one that never left the phone. */
export const bareOp = (from: Phone, n = 1): Promise<Op> => from.op({ kind: 'void', payload: { seq: n } });

/** A log as a phone makes it. */
export const logOp = (from: Phone, remarks: string): Promise<Op> => walk(from, { remarks });

/** A push as it travels. Rejects when there is no answer at all. */
export const post = (
	server: Pick<Server, 'port' | 'origin'>,
	cookie: string,
	body: string,
	headers: Record<string, string> = {}
): Promise<Answer> =>
	ask(server, {
		method: 'POST',
		path: '/api/v1/sync/push',
		cookie,
		headers: { 'content-type': 'application/json', 'x-mp-sync': '1', origin: server.origin, ...headers },
		body
	});

/** Pushes and writes the receipts down. Returns the status; 0 when the line broke. */
export async function push(
	server: Pick<Server, 'port' | 'origin'>,
	cookie: string,
	from: Phone,
	ops: Op[],
	ledger: Ledger
): Promise<number> {
	const answer = await post(server, cookie, JSON.stringify(from.push(ops))).catch(() => undefined);
	if (answer?.status !== 200) return answer?.status ?? 0;
	for (const result of answerSchema.parse(JSON.parse(answer.body)).results)
		if (result.s === 'stored' || result.s === 'duplicate') ledger.set(result.hash, result.no);
	return 200;
}

/** Every receipt is kept: its op is in the file, whole, under the number that was promised. */
export function everyReceiptHolds(file: string, ledger: Ledger): void {
	const base = new Database(file, { readonly: true });
	try {
		expect(base.pragma('integrity_check', { simple: true })).toBe('ok');
		// All at once: nothing indexes the hash, and twenty thousand questions for it take minutes.
		const there = new Map(base.prepare('select hash, no from sync_op').raw().all() as [string, number][]);
		const lost = [...ledger].filter(([hash, promised]) => there.get(hash) !== promised);
		expect(lost, 'receipts without their op').toEqual([]);
	} finally {
		base.close();
	}
}
