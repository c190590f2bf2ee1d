/** A list as its page shows it: columns to map, what would happen, what has happened. */
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';
import * as m from '#lib/words/messages.js';
import { changedSince, comesIn, planOf, type Planned } from './importPlan.server.ts';
import { listOf, proposed } from './imports.server.ts';
import { fieldName } from './listNames.ts';
import type { Told } from './listRow.ts';
import { schoolsOf } from './register.server.ts';
import { noteLook } from './views.server.ts';

/** So many rows of each kind stand on the page; how many there are is told. */
const SHOWN = 100;
const FIRST = 20;
/** So many different cells show what is in a column. */
const SAMPLES = 3;

const told = ({ field, code, said }: Told) =>
	m.lists_told({ field: fieldName(field), said: said || m.register_empty(), what: sentence(code) });

const doubleWords = ({ double }: Planned) => {
	if (!double) return '';
	const by = double.by === 'phone' ? m.register_double_phone() : m.register_double_address();
	return double.pocket
		? m.lists_double_home({ by, number: double.pocket.number ?? '—', name: double.pocket.name })
		: m.lists_double_row({ by, line: double.line ?? 0 });
};

export type ToldRow = { line: number; name: string; told: string[] };
const few = (rows: readonly Planned[], tell: (row: Planned) => string[]): { count: number; rows: ToldRow[] } => ({
	count: rows.length,
	rows: rows.slice(0, SHOWN).map((row) => ({ line: row.line, name: row.name, told: tell(row) }))
});

/** Names of the list and of the register are on its page: the look is written down before. */
export async function noteList(tx: Tx, actor: Actor, id: string): Promise<void> {
	const list = await listOf(tx, actor, id);
	await noteLook(tx, actor, 'import', list.lines?.length ?? list.added ?? 0);
}

/** What the page of a list shows. It takes its time over thousands of rows, so nobody who writes waits for it. */
export async function viewOfList(tx: Reader, actor: Actor, id: string, map: boolean, now: Date) {
	const list = await listOf(tx, actor, id);
	const of = { id, file: list.file, at: list.at };
	if (list.undoneAt) return { ...of, step: 'undone' as const, removed: list.added ?? 0 };
	if (list.appliedAt)
		return {
			...of,
			step: 'done' as const,
			added: list.added ?? 0,
			left: list.left ?? 0,
			changed: (await changedSince(tx, list)).slice(0, SHOWN)
		};
	if (!list.lines) return { ...of, step: 'gone' as const };
	const { heads, lines } = list;
	if (!list.mapping || map)
		return {
			...of,
			step: 'map' as const,
			rows: lines.length,
			known: list.mapping !== null,
			mapping: list.mapping ?? proposed(heads),
			columns: heads.map((head, n) => ({
				head,
				samples: [...new Set(lines.slice(0, 50).map(({ cells }) => (cells[n] ?? '').trim()))]
					.filter(Boolean)
					.slice(0, SAMPLES)
			})),
			schools: await schoolsOf(tx, actor.municipality)
		};
	const plan = await planOf(tx, actor, { heads, lines, mapping: list.mapping }, now);
	const fresh = plan.filter((row) => comesIn(row, false));
	const over = plan.filter((row) => row.over);
	const wrong = plan.filter((row) => !row.over && row.errors.length > 0);
	const doubles = plan.filter((row) => !row.over && row.errors.length === 0 && row.double);
	const noticed = plan.filter((row) => comesIn(row, true) && row.hints.length > 0);
	return {
		...of,
		step: 'preview' as const,
		rows: plan.length,
		fresh: fresh.length,
		unplaced: fresh.filter(({ home }) => home?.form.lat === null).length,
		over: over.length,
		/** Wanted all the same, so many more come in. */
		more: doubles.filter((row) => comesIn(row, true)).length,
		wrong: few(wrong, ({ errors }) => errors.map(told)),
		doubles: few(doubles, (row) => [doubleWords(row)]),
		noticed: few(noticed, ({ hints }) => hints.map(told)),
		first: fresh
			.slice(0, FIRST)
			.flatMap(({ line, home }) => (home ? [{ line, ...shown(home.form), on: home.registeredOn }] : []))
	};
}
export type ListView = Awaited<ReturnType<typeof viewOfList>>;

const shown = ({ name, kind, town, address, phone, lat }: NonNullable<Planned['home']>['form']) => ({
	...{ name, kind, town, address, phone },
	isPlaced: lat !== null
});
