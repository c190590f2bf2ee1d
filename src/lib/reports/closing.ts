/** 年度締め: what is looked at before a year is closed, and what differs between two closings, or between one and now. Pure. */
import * as z from 'zod/mini';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { textOf } from './line.ts';
import type { Cell, Line, Note, PlanKind, Row, Table, TypedBasis } from './measure.ts';
import { isOwn, valuesIn, type Value, type Values } from './metric.ts';

/**
 * What may still be open: logs nobody confirmed · equipment granted and not handed over · refuge homes without an answer · records that wait
 * on phones · figures nobody typed · cells nobody wrote in, of the year and of the next one.
 */
export const checks = ['logs', 'handovers', 'pockets', 'phones', 'figures', 'cells', 'planned'] as const;
export type Check = (typeof checks)[number];
/** How many of each are open; what is not there has none. */
export type CheckCounts = Partial<Record<Check, number>>;

/** Things that bear on a year, by their kinds in the trail. */
export const lateKinds = [
	'log',
	'request',
	'pocket',
	'outreach',
	'typed_metric',
	'measure_section',
	'measure',
	'vehicle',
	'campaign',
	'weeklyRule',
	'association',
	'section',
	'finding',
	'closedDay',
	'municipality'
] as const;
export type LateKind = (typeof lateKinds)[number];

/** What happened to it. `counted`: confirmed, booked, registered · `uncounted`: undone, ended, taken back. */
export const arrivals = ['arrived', 'corrected', 'counted', 'uncounted', 'written', 'changed'] as const;
export type Arrival = (typeof arrivals)[number];

/** A plan as it was printed. */
export type FrozenTable = { id: string; kind: PlanKind; table: Table };
/** What a figure that was typed is called; the others are called by the programme. */
export type FrozenMetric = { key: string; name: string; unit: string; basis: TypedBasis };
/** Everything a year printed: its tables, and what its typed figures are called. */
export type Snapshot = { tables: FrozenTable[]; typed: FrozenMetric[]; values: Values };

/** A year is over when 31 March is, in Japan. */
export const isOver = (fiscalYear: number, now: Date): boolean => jstDay(now) > fiscalYearEnd(fiscalYear);

/** Closing asks whoever does it to have seen each open point. */
export const closeForm = z.object({
	id: z.uuid(),
	seen: z._default(z.array(z.string().check(z.maxLength(20))).check(z.maxLength(checks.length)), [])
});
export type CloseForm = z.output<typeof closeForm>;

/** `number`: the closing this one follows, as the person saw it. */
export const recountForm = z.object({
	id: z.uuid(),
	number: z.coerce.number().check(z.int(), z.gte(1)),
	reason: z
		.string()
		.check(z.trim(), z.minLength(1, 'error_closing_reason'), z.maxLength(200, 'error_closing_reason_long'))
});
export type RecountForm = z.output<typeof recountForm>;

/** The open points nobody ticked. */
export const unseen = (open: CheckCounts, seen: readonly string[]): Check[] =>
	checks.filter((check) => (open[check] ?? 0) > 0 && !seen.includes(check));

/** What is missing in the tables: figures nobody typed, each once; cells nobody wrote in and no row speaks for, of the year and of the next. */
export function openCells({ tables }: Snapshot): CheckCounts {
	const published = tables.filter(({ kind }) => kind === 'table').flatMap(({ table }) => table.rows);
	const empty = (cells: readonly Cell[]) =>
		cells.filter((cell) => cell.lines.length + cell.missing.length === 0).length;
	const count = (column: 'current' | 'next') => published.reduce((sum, row) => sum + empty(row[column]), 0);
	const missing = tables.flatMap(({ table }) =>
		table.rows.flatMap((row) => row.current.flatMap((cell) => cell.missing))
	);
	return { figures: new Set(missing).size, cells: count('current'), planned: count('next') };
}

const same = (a: Value, b: Value): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

export type FigureChange = { metric: string; before: Value; after: Value };
/** `before` and `after`: the lines that stand in one and not in the other. */
export type CellChange = {
	plan: string;
	number: number;
	name: string;
	section: string;
	column: 'previous' | 'current' | 'next';
	before: string[];
	after: string[];
};
export type Difference = { figures: FigureChange[]; cells: CellChange[] };

/** The lines of a cell with what they are headed by. */
const linesOf = (cell: Cell | undefined): string[] => cell?.lines.map(({ parts }) => `・${textOf(parts)}`) ?? [];
/** Those of `a` that `b` does not have, each as often as it is missing. */
function without(a: readonly string[], b: readonly string[]): string[] {
	const left = [...b];
	return a.filter((line) => {
		const at = left.indexOf(line);
		if (at < 0) return true;
		left.splice(at, 1);
		return false;
	});
}

function cellChanges(plan: string, before: Row | undefined, after: Row | undefined): CellChange[] {
	const { number, name } = (after ?? before)!;
	return (['previous', 'current', 'next'] as const).flatMap((column) => {
		const [was, is] = [before?.[column] ?? [], after?.[column] ?? []];
		const ids = [...new Set([...was, ...is].map(({ id }) => id))];
		return ids.flatMap((id): CellChange[] => {
			const [a, b] = [was.find((cell) => cell.id === id), is.find((cell) => cell.id === id)];
			const [gone, come] = [without(linesOf(a), linesOf(b)), without(linesOf(b), linesOf(a))];
			const [old, now] = [a?.sectionName ?? '', b?.sectionName ?? ''];
			if (old === now && gone.length + come.length === 0) return [];
			const heads =
				old === now ? [[], []] : [[old], [now]].map((names) => names.filter(Boolean).map((one) => `【${one}】`));
			return [
				{
					plan,
					number,
					name,
					section: now || old,
					column,
					before: [...heads[0]!, ...gone],
					after: [...heads[1]!, ...come]
				}
			];
		});
	});
}

/** What one snapshot says otherwise than another: per figure, and per cell of each plan. */
export function differenceOf(before: Snapshot, after: Snapshot): Difference {
	// What a section has of its own stands in its cell; here stands the sum.
	const metrics = [...new Set([...Object.keys(before.values), ...Object.keys(after.values)])].filter(
		(key) => !isOwn(key)
	);
	const plans = [...new Set([...before.tables, ...after.tables].map(({ id }) => id))];
	return {
		figures: metrics
			.map((metric) => ({ metric, before: before.values[metric], after: after.values[metric] }))
			.filter((one) => !same(one.before, one.after)),
		cells: plans.flatMap((id) => {
			const [was, is] = [before, after].map(({ tables }) => tables.find((one) => one.id === id)?.table);
			const rows = [...new Set([...(was?.rows ?? []), ...(is?.rows ?? [])].map((row) => row.id))];
			return rows.flatMap((row) =>
				cellChanges(
					(is ?? was)!.plan,
					was?.rows.find((one) => one.id === row),
					is?.rows.find((one) => one.id === row)
				)
			);
		})
	};
}

/** A line of a year that was counted again: ※ at each figure that was first printed otherwise, or at the line itself. */
function markedLine(line: Line, first: Cell | undefined, before: Values, after: Values): Line {
	if (first?.lines.some((one) => textOf(one.parts) === textOf(line.parts))) return line;
	const parts = line.parts.map((part) =>
		part.metric && !same(before[part.metric], after[part.metric]) ? { ...part, recounted: true as const } : part
	);
	return parts.some((part) => part.recounted) ? { ...line, parts } : { ...line, recounted: true };
}

/** A cell with ※ where it differs from what was printed first; at its head where a line is no longer there. */
export function markedCell(cell: Cell, first: Cell | undefined, before: Values, after: Values): Cell {
	const lines = cell.lines.map((line) => markedLine(line, first, before, after));
	return (first?.lines.length ?? 0) > lines.length || (first && first.sectionName !== cell.sectionName)
		? { ...cell, lines, recounted: true }
		: { ...cell, lines };
}

/** The table of a re-count: ※ where it differs from what was published first, and its note at the foot after those of earlier ones. */
export function marked(table: Table, first: Table | undefined, notes: readonly Note[]): Table {
	const cells = (row: Row, column: 'current' | 'next') => {
		const old = first?.rows.find((one) => one.id === row.id)?.[column];
		return row[column].map((cell) =>
			first
				? markedCell(
						cell,
						old?.find((one) => one.id === cell.id),
						valuesIn(first.values.current, cell.section),
						valuesIn(table.values.current, cell.section)
					)
				: cell
		);
	};
	return {
		...table,
		rows: table.rows.map((row) => ({ ...row, current: cells(row, 'current'), next: cells(row, 'next') })),
		notes: [...(table.notes ?? []), ...notes]
	};
}

/** What a re-count leaves at the foot of the table. */
export const noteOf = (fiscalYear: number, at: Date, reason: string): Note => ({ fiscalYear, on: jstDay(at), reason });
