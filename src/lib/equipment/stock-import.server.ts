/**
 * The store by CSV: a preview with a message per line, nothing written until confirmed, and never half of it. What is written under
 * 在庫 is a count: where it differs from the ledger, the difference becomes a line of it. So the same file twice changes nothing.
 */
import { jstDay } from '#lib/calendar/day.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { fromCsv } from '#lib/server/csv.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { itemForm, pieces, type ItemForm } from './item.ts';
import { addItem, changeItem } from './items.server.ts';
import { storeOf, type StockItem } from './reads.server.ts';
import { heads, modeOf } from './stock-csv.ts';
import { takeStock } from './stocktakes.server.ts';

export type ImportLine = {
	line: number;
	name: string;
	size: string;
	what: 'add' | 'change' | 'same' | 'bad';
	/** Key of the words, and the head of the column it concerns. */
	errors: { code: string; column: string }[];
	/** Heads of the columns that change. */
	changes: string[];
	counted?: number | undefined;
};
type Plan = {
	lines: ImportLine[];
	items: Map<string, { form: ItemForm; there: StockItem | undefined; changes: string[] }>;
};

/** What a file would do, line by line. Reads only. */
export async function planStock(tx: Reader, actor: Actor, bytes: Uint8Array): Promise<Plan> {
	if (!can(actor, 'stock.edit', {})) throw new NotFound('stock');
	const { heads: found, rows } = fromCsv(bytes);
	if (!found.includes(heads.name) || !found.includes(heads.unit))
		throw new RuleBroken('error_equipment_import_heads', 'file');
	const store = new Map((await storeOf(tx, actor)).map((one) => [one.name, one]));
	const items: Plan['items'] = new Map();
	const seen = new Set<string>();
	const lines = rows.map((row, n): ImportLine => {
		const name = (row[heads.name] ?? '').trim();
		const size = (row[heads.size] ?? '').trim();
		const line: ImportLine = { line: n + 2, name, size, what: 'bad', errors: [], changes: [] };
		const bad = (code: string, column: string) => void line.errors.push({ code, column });
		const there = store.get(name);
		const key = JSON.stringify([name, size]);
		if (seen.has(key)) bad('error_equipment_import_twice', heads.name);
		seen.add(key);
		const before = items.get(name)?.form.sizes ?? there?.sizes ?? [];
		const sizes = size && !before.includes(size) ? [...before, size] : [...before];
		const parsed = itemForm.safeParse({
			name,
			unit: row[heads.unit] ?? '',
			mode: modeOf(row[heads.mode] ?? ''),
			sizes: sizes.join('、'),
			reorderAt: found.includes(heads.reorderAt) ? row[heads.reorderAt] : String(there?.reorderAt ?? '')
		});
		const columns: Record<string, string> = { ...heads, sizes: heads.size };
		for (const { path, message } of parsed.error?.issues ?? [])
			bad(message.startsWith('error_') ? message : 'error_input', columns[String(path[0])] ?? '');
		const cell = (row[heads.onHand] ?? '').trim();
		const counted = cell === '' ? undefined : pieces(0).safeParse(cell);
		if (counted && !counted.success) bad(counted.error.issues[0]!.message, heads.onHand);
		if (!parsed.data || line.errors.length) return line;
		line.counted = counted?.data;
		const changes = there ? changesOf(parsed.data, there) : [];
		const lying = there?.lines.find((one) => one.size === size)?.onHand ?? 0;
		if (line.counted !== undefined && line.counted !== lying) changes.push(heads.onHand);
		if (there?.closed && changes.length > 0) {
			bad('error_equipment_closed', heads.name);
			return line;
		}
		items.set(name, { form: parsed.data, there, changes });
		return { ...line, changes, what: !there ? 'add' : changes.length ? 'change' : 'same' };
	});
	return { lines, items };
}

function changesOf(form: ItemForm, there: StockItem): string[] {
	return [
		...(form.unit === there.unit ? [] : [heads.unit]),
		...(form.mode === there.mode ? [] : [heads.mode]),
		...(form.reorderAt === there.reorderAt ? [] : [heads.reorderAt]),
		...(form.sizes.join() === there.sizes.join() ? [] : [heads.size])
	];
}

/** Does what the preview showed, all of it or nothing. `reason` is what the ledger says of the counts. Returns how many lines did what. */
export async function importStock(tx: Tx, actor: Actor, bytes: Uint8Array, reason: string, now: Date) {
	const { lines, items } = await planStock(tx, actor, bytes);
	if (lines.some((line) => line.what === 'bad')) throw new RuleBroken('error_import_bad', 'file');
	for (const { form, there, changes } of items.values()) {
		if (!there) await addItem(tx, actor, form, now);
		else if (changes.some((one) => one !== heads.onHand)) await changeItem(tx, actor, there.id, form);
	}
	const store = new Map((await storeOf(tx, actor)).map((one) => [one.name, one]));
	const counted = lines.flatMap(({ name, size, counted }) => {
		const { id, lines: lying } = store.get(name)!;
		const expected = lying.find((one) => one.size === size)?.onHand ?? 0;
		return counted === undefined || counted === expected ? [] : [{ item: id, size, expected, counted }];
	});
	if (counted.length > 0) await takeStock(tx, actor, { on: jstDay(now), lines: counted, reason }, now);
	const how = (what: ImportLine['what']) => lines.filter((line) => line.what === what).length;
	const done = { added: how('add'), changed: how('change'), same: how('same') };
	await record(tx, actor, 'equipment.import', 'municipality', actor.municipality, done);
	return done;
}
