/** A store of the invented town for unit tests: its people, items with pieces, requests granted through the real verbs. */
import { expect } from 'vitest';
import { transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { RuleBroken } from '#lib/server/errors.ts';
import { decide, prepare, type Verdicts } from '#lib/equipment/decisions.server.ts';
import { handOver } from '#lib/equipment/handovers.server.ts';
import type { ItemForm } from '#lib/equipment/item.ts';
import { addItem } from '#lib/equipment/items.server.ts';
import type { MovementForm } from '#lib/equipment/movement.ts';
import type { Asked } from '#lib/equipment/request.ts';
import { saveRequest } from '#lib/equipment/requests.server.ts';
import { enterMovement } from '#lib/equipment/stock.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { openTown } from './open-town.ts';
import { town } from './people.ts';

export const now = new Date('2026-11-22T03:00:00Z');
export const today = '2026-11-22';

const keys = ['safety', 'approver', 'leader', 'guidance', 'volunteer'] as const;
/** Who acts. Filled before the first test of a file that calls `openStore`. */
export const people = {} as Record<(typeof keys)[number] | 'stranger', Actor>;

/** A fresh database with both towns, for one test file. */
export const openStore = () => void openTown(today, keys, people);

/** The rule that must be broken, for `rejects.toEqual`. */
export const broken = (code: string, field?: string) =>
	expect.objectContaining({ code, ...(field && { field }) }) as unknown as RuleBroken;

let n = 0;
export const newItem = (form: Partial<ItemForm> = {}) =>
	transaction((tx) =>
		addItem(
			tx,
			people.safety,
			{ name: `品 ${n++}`, unit: '着', mode: 'issue', sizes: ['M', 'L'], reorderAt: 5, ...form },
			now
		)
	);
export const enter = (item: string, form: Partial<MovementForm>, actor = people.safety) =>
	transaction((tx) =>
		enterMovement(
			tx,
			actor,
			item,
			{ kind: 'received', size: 'M', pieces: 10, on: today, reason: '年度当初の購入', ...form },
			now
		)
	);

/** A new item of one size of which so many lie in the store. */
export async function stocked(pieces: number, mode: ItemForm['mode'] = 'issue'): Promise<string> {
	const id = await newItem({ mode, sizes: [], reorderAt: null });
	if (pieces > 0) await enter(id, { size: '', pieces });
	return id;
}

type Asking = { as?: 'draft' | 'send'; id?: string; at?: Date };
export const ask = (lines: Asked[], { as = 'send', id = newId(), at = now }: Asking = {}) =>
	transaction((tx) =>
		saveRequest(
			tx,
			people.leader,
			{ id, association: town.associations.honcho, plan: '夜間の見守り', roster: 'on', as },
			lines,
			at
		)
	);

export const of = (item: string, pieces: number, size = ''): Asked => ({ item, size, pieces });
export const verdicts = (lines: Asked[], reason = ''): Verdicts => ({
	lines: lines.map((line) => ({ ...line, reason })),
	words: '理由',
	override: ''
});

/** Asked, prepared by the clerk and decided by the approver. Returns the request. */
export async function granted(lines: Asked[], approved = lines, at = now): Promise<string> {
	const id = await ask(lines, { at });
	const form = verdicts(approved, '在庫の都合');
	await transaction((tx) => prepare(tx, people.safety, id, form, at));
	await transaction((tx) => decide(tx, people.approver, id, form, at));
	return id;
}

type Handing = Partial<{
	id: string;
	on: string;
	at: Date;
	dueOn: string;
	signature: string;
	beyond: 'refuse' | 'keep';
}>;
export const hand = (request: string, lines: Asked[], { beyond = 'refuse', at = now, ...more }: Handing = {}) =>
	transaction((tx) =>
		handOver(
			tx,
			people.safety,
			request,
			{ id: newId(), on: today, receivedBy: '髙橋 𠮷子', ...more },
			lines,
			at,
			beyond
		)
	);
