/** The table of the measures: what is printed where, with which figures, and what officers write beside them. */
import {
	code,
	count,
	countOrNone,
	flag,
	id,
	index,
	instant,
	json,
	jsonOrNone,
	ref,
	table,
	text,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { ofMunicipality, person, section } from '#lib/people/tables.server.ts';
import { columns, grades, planKinds, typedBases, type OfficerLine } from './measure.ts';
import type { Values } from './metric.ts';
import { firstFiscalYear } from './year.ts';

/** A published plan: the guideline whose measures make the table, or one that grades its projects (総合評価). */
export const plan = table(
	'plan',
	{ id: id(), municipality: ofMunicipality(), name: text(), kind: code(planKinds), place: count() },
	(t) => [uniqueIndex('plan_once').on(t.municipality, t.name)]
);

/** A measure (施策) of the city's plan. What the years say of it hangs on it; it is ended, not deleted. */
export const measure = table(
	'measure',
	{
		id: id(),
		municipality: ofMunicipality(),
		plan: ref(() => plan.id),
		/** Its number in the plan, and its place in the table. */
		number: count(),
		chapter: text(),
		heading: text(),
		name: text(),
		/** 施策の内容, in the city's own words. */
		content: text(),
		/** 【全庁】 is printed beside its name: every section takes part. */
		cityWide: flag(),
		/** The fiscal years it is printed in. */
		fromYear: count(),
		untilYear: countOrNone()
	},
	(t) => [uniqueIndex('measure_once').on(t.plan, t.number, t.fromYear)]
);

/** 担当課 of a measure, in the order they are printed. */
export const measureSection = table(
	'measure_section',
	{
		id: id(),
		municipality: ofMunicipality(),
		measure: ref(() => measure.id),
		section: ref(() => section.id),
		/** Where it stands among the sections of its measure. */
		place: count(),
		/** The fiscal years it takes part in. */
		fromYear: count().default(firstFiscalYear),
		untilYear: countOrNone()
	},
	(t) => [uniqueIndex('measure_section_once').on(t.measure, t.section)]
);

/** A generated line of a section's cell: one metric may stand in several, in different words. */
export const placement = table(
	'placement',
	{
		id: id(),
		municipality: ofMunicipality(),
		cell: ref(() => measureSection.id),
		place: count(),
		/** With figures in braces: 「車両数 {cars}台」. */
		words: text(),
		/** For a line without a figure: the one that must not be nought. */
		hangsOn: textOrNone(),
		/** The fiscal year in which it was a new effort (新たな取組み). */
		freshIn: countOrNone(),
		fromYear: count(),
		untilYear: countOrNone()
	},
	(t) => [index('placement_by_cell').on(t.cell, t.place)]
);

/**
 * What officers wrote into the cell of a section for a fiscal year, whole with each saving. Append-only: the highest number stands, and
 * figures that change leave it as it is.
 */
export const cellText = table(
	'cell_text',
	{
		id: id(),
		municipality: ofMunicipality(),
		cell: ref(() => measureSection.id),
		fiscalYear: count(),
		/** done: what was done · planned: what is planned for this year. */
		column: code(columns),
		/** One more with each saving: of two at once, the second finds it taken. */
		number: count(),
		lines: json<OfficerLine[]>(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [
		uniqueIndex('cell_text_once').on(t.cell, t.fiscalYear, t.column, t.number),
		index('cell_text_by_year').on(t.municipality, t.fiscalYear, t.number)
	]
);

/** A figure that no row of ours can tell, with the section that owns it. */
export const typedMetric = table(
	'typed_metric',
	{
		id: id(),
		municipality: ofMunicipality(),
		/** As it stands in the braces of a line. */
		key: text(),
		name: text(),
		unit: text(),
		basis: code(typedBases),
		section: ref(() => section.id),
		/** The last fiscal year it is typed for. */
		untilYear: countOrNone()
	},
	(t) => [uniqueIndex('typed_metric_once').on(t.municipality, t.key)]
);

/** What was typed for a year. Append-only: the last one stands, the others say how it came to it. */
export const typedFigure = table(
	'typed_figure',
	{
		id: id(),
		municipality: ofMunicipality(),
		metric: ref(() => typedMetric.id),
		fiscalYear: count(),
		/** Null: taken back. Nought is a figure, an empty box is none. */
		value: countOrNone(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [index('typed_figure_by_year').on(t.municipality, t.fiscalYear, t.metric, t.id)]
);

/** 総合評価 of a project by its section, with its sentence. Append-only: the highest number stands. */
export const evaluation = table(
	'evaluation',
	{
		id: id(),
		municipality: ofMunicipality(),
		cell: ref(() => measureSection.id),
		fiscalYear: count(),
		/** One more with each saving: of two at once, the second finds it taken. */
		number: count().default(1),
		grade: code(grades),
		words: text(),
		/** The figures of the cell as they stood when it was graded. */
		figures: jsonOrNone<Values>(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [
		index('evaluation_by_cell').on(t.municipality, t.fiscalYear, t.cell, t.id),
		uniqueIndex('evaluation_once').on(t.cell, t.fiscalYear, t.number)
	]
);

export * from './closingTables.server.ts';
export * from './lookTables.server.ts';
