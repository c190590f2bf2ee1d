/** The factual beginning of an evaluation's sentence, from the figures: the officer goes on from there. Pure. */
import { eraYear } from '#lib/calendar/era.ts';
import { textOf, lineOf } from './line.ts';
import { isNothing, printedValue, type Value, type Values } from './metric.ts';

/** A fact of one or several figures. `short`: the same of the year before, in brackets. */
type Fact = { metrics: readonly string[]; said: string; short: string; none: string };

/** What the office writes of figures it often grades; of every other one it says its name and its number. */
const facts: readonly Fact[] = [
	{
		metrics: ['equipmentBodies', 'equipmentPieces'],
		said: '{equipmentBodies}団体に合計{equipmentPieces}個の防犯資機材を支給した',
		short: '{equipmentBodies}団体、{equipmentPieces}個',
		none: '防犯資機材の支給はなかった'
	},
	{
		metrics: ['lectureAttendance'],
		said: '市民防犯講習会に{lectureAttendance}人が参加した',
		short: '{lectureAttendance}人',
		none: '市民防犯講習会の参加者はなかった'
	},
	{
		metrics: ['cityRuns', 'cityKilometres'],
		said: '青色防犯パトロール車で{cityRuns}回、{cityKilometres}kmを巡回した',
		short: '{cityRuns}回、{cityKilometres}km',
		none: '青色防犯パトロール車による巡回はなかった'
	},
	{
		metrics: ['councilMeetings', 'councilMonths'],
		said: '協議会を{councilMeetings}回開催した（{councilMonths}）',
		short: '{councilMeetings}回',
		none: '協議会の開催はなかった'
	},
	{
		metrics: ['alertsSent'],
		said: '安全・安心メールを{alertsSent}件配信した',
		short: '{alertsSent}件',
		none: '安全・安心メールの配信はなかった'
	}
];

const named = (metric: string, { name, unit }: { name: string; unit: string }): Fact => ({
	metrics: [metric],
	said: `${name}が{${metric}}${unit}であった`,
	short: `{${metric}}${unit}`,
	none: `${name}はなかった`
});

/** The facts that a cell's figures make up, each figure in one. */
function factsOf(metrics: readonly string[], wordsOf: (metric: string) => { name: string; unit: string }): Fact[] {
	const found: Fact[] = [];
	for (const metric of metrics) {
		if (found.some((fact) => fact.metrics.includes(metric))) continue;
		const whole = facts.find(
			(fact) => fact.metrics.includes(metric) && fact.metrics.every((one) => metrics.includes(one))
		);
		found.push(whole ?? named(metric, wordsOf(metric)));
	}
	return found;
}

const filled = (words: string, values: Values) => {
	const parts = lineOf(words, null, values);
	return parts ? textOf(parts) : undefined;
};

/**
 * 「令和6年度は、4団体に合計18個の防犯資機材を支給した（令和5年度は12団体、299個）。」 A figure nobody has typed yet is not told of; of a year
 * before, which nobody typed, nothing is said.
 */
export function draftOf(
	figures: readonly { metric: string; value: Value }[],
	before: Values,
	fiscalYear: number,
	wordsOf: (metric: string) => { name: string; unit: string }
): string {
	const known = figures.filter(({ value }) => value !== undefined);
	const values: Values = Object.fromEntries(known.map(({ metric, value }) => [metric, value]));
	return factsOf(
		known.map(({ metric }) => metric),
		wordsOf
	)
		.map(({ metrics, said, short, none }, at) => {
			const untold = metrics.every((metric) => before[metric] === undefined);
			const nothing = metrics.every((metric) => isNothing(before[metric]));
			const then = untold ? '' : `（${eraYear(fiscalYear - 1)}は${nothing ? 'なし' : filled(short, before)}）`;
			return `${at === 0 ? `${eraYear(fiscalYear)}は、` : 'また、'}${filled(said, values) ?? none}${then}。`;
		})
		.join('');
}

/** 18個, 7月、1月: a figure in a sentence about what changed. */
export const shortly = (value: Value, unit: string): string =>
	printedValue(value) === '' ? 'なし' : printedValue(value) + (typeof value === 'number' ? unit : '');
