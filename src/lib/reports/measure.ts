/** The measures of a published plan, and the table they make: a cell for each section of a measure, a line for each thing done. Pure. */
import { figuresIn, lineOf, textOf, type Part } from './line.ts';
import type { Value, Values } from './metric.ts';

/** table: 前年度・当年度・翌年度 side by side · evaluation: graded with a sentence. */
export const planKinds = ['table', 'evaluation'] as const;
export type PlanKind = (typeof planKinds)[number];

/** done: what was done in the year · planned: what was planned for it, printed in the column 翌年度 of the year before. */
export const columns = ['done', 'planned'] as const;
export type Column = (typeof columns)[number];

/** A: ほぼ達成 · B: ある程度達成 · C: 大きな課題がある · D: 未実施 */
export const grades = ['A', 'B', 'C', 'D'] as const;
export type Grade = (typeof grades)[number];

/** What a typed figure counts; `cumulative` 累計 and `added` 新規 are told by no row of ours. */
export const typedBases = ['atEnd', 'times', 'gross', 'distinct', 'sum', 'cumulative', 'added'] as const;
export type TypedBasis = (typeof typedBases)[number];

/** The fiscal years a thing of the settings is printed in. */
export type Span = { fromYear: number; untilYear: number | null };
export const holdsIn = (span: Span, fiscalYear: number): boolean =>
	span.fromYear <= fiscalYear && (span.untilYear === null || fiscalYear <= span.untilYear);

/** A line as it is printed: from rows, or by an officer; underlined where it is a new effort (新たな取組み). */
export type Line = { parts: Part[]; from: 'rows' | 'officer'; fresh: boolean; recounted?: true };
/** The cell of one section. `missing`: typed figures nobody has typed yet, without which a line cannot be printed. */
export type Cell = {
	id: string;
	section: string;
	sectionName: string;
	lines: Line[];
	/** The figures its generated lines tell, each once, whether there was anything to print or not. */
	figures: { metric: string; value: Value }[];
	missing: string[];
	/** ※: a line that was published is no longer there, or its section is called otherwise. */
	recounted?: true;
};

/** One measure of the table, its cells by column. */
export type Row = {
	id: string;
	number: number;
	chapter: string;
	heading: string;
	name: string;
	content: string;
	cityWide: boolean;
	sections: string[];
	previous: Cell[];
	current: Cell[];
	next: Cell[];
};
/** ※ at the foot: a closed year was counted again on a day, for a reason. */
export type Note = { fiscalYear: number; on: string; reason: string };
export type Table = {
	plan: string;
	fiscalYear: number;
	rows: Row[];
	values: { previous: Values; current: Values };
	/** Of the years in its columns, oldest first. */
	notes?: Note[];
};

export type Placement = Span & { id: string; words: string; hangsOn: string | null; freshIn: number | null };
/** A line an officer wrote; `fresh`: a new effort. */
export type OfficerLine = { words: string; fresh: boolean };

/**
 * The lines of one cell: generated ones first, in their order, then the officer's. A line whose figures the year does not have is not
 * printed; where it is a typed figure that is wanting, the cell says which.
 */
export function linesOf(
	placements: readonly Placement[],
	written: readonly OfficerLine[],
	values: Values,
	typed: ReadonlySet<string>,
	fiscalYear: number
): Pick<Cell, 'lines' | 'figures' | 'missing'> {
	const held = placements.filter((one) => holdsIn(one, fiscalYear));
	const generated = held.flatMap(({ words, hangsOn, freshIn }): Line[] => {
		const parts = lineOf(words, hangsOn, values);
		return parts ? [{ parts, from: 'rows', fresh: freshIn === fiscalYear }] : [];
	});
	const needed = [...new Set(held.flatMap(({ words, hangsOn }) => (hangsOn ? [hangsOn] : figuresIn(words))))];
	return {
		lines: [
			...generated,
			...written.map(({ words, fresh }): Line => ({ parts: [{ text: words }], from: 'officer', fresh }))
		],
		figures: needed.map((metric) => ({ metric, value: values[metric] })),
		missing: needed.filter((metric) => typed.has(metric) && values[metric] === undefined)
	};
}

/** A cell as the plan prints it: 【課名】, then a line each, なし where there is none. */
export const printedCell = (cell: Pick<Cell, 'sectionName' | 'lines'>): string =>
	[
		`【${cell.sectionName}】`,
		...(cell.lines.length > 0 ? cell.lines.map((line) => `・${textOf(line.parts)}`) : ['・なし'])
	].join('\n');
