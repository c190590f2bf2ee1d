/** The invented town's plans: the shipped example, the figures its sections typed, and what they wrote beside and for the next year. */
import { and, eq } from 'drizzle-orm';
import { instantOf } from '#lib/calendar/day.ts';
import { guideline, typedFigures, welfare } from '#lib/reports/koganei.ts';
import { adopt } from '#lib/reports/plans.server.ts';
import type { Grade, PlanKind } from '#lib/reports/measure.ts';
import type { Values } from '#lib/reports/metric.ts';
import {
	cellText,
	evaluation,
	measure,
	measureSection,
	plan,
	typedFigure,
	typedMetric
} from '#lib/reports/tables.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { demoId } from './ids.ts';
import { town } from './town.ts';

const municipality = town.municipality;
const admin = { municipality, person: town.people.admin, name: '', grants: [{ role: 'admin' as const }] };

/** Typed figures as the plans print them, by fiscal year. */
const typed: Record<string, Record<number, number>> = {
	buzzers: { 2023: 1987, 2024: 1971 },
	routeChecks: { 2023: 9, 2024: 9 },
	routeCameras: { 2023: 62, 2024: 68 },
	posters: { 2023: 257, 2024: 74 },
	slogans: { 2023: 932, 2024: 948 },
	recorders: { 2023: 116, 2024: 85 },
	recordersCumulative: { 2023: 990, 2024: 1075 },
	subscribers: { 2023: 10554, 2024: 10623 },
	visits: { 2023: 76, 2024: 77 },
	newLights: { 2023: 24, 2024: 54 }
};

/** 翌年度の取組み for 令和7年度, as the plan prints it: measure, lines. */
const planned: Record<number, string[]> = {
	1: ['車両数 13台', 'パトロールを実施'],
	11: ['こがねい安全・安心メール配信'],
	15: ['市民防犯講習会 開催予定'],
	16: ['防犯資機材支給'],
	18: ['小金井市安全・安心まちづくり協議会を2回開催予定']
};

/** 総合評価 of 事業6 with the figures it was graded on: the plan prints these, grade and sentence are invented. */
const graded: Record<number, { grade: Grade; words: string; figures: Values }> = {
	2023: {
		grade: 'A',
		words: '令和5年度は、12団体に合計299個の防犯資機材を支給した。また、市民防犯講習会に23人が参加した。',
		figures: { equipmentBodies: 12, equipmentPieces: 299, lectureAttendance: 23 }
	},
	2024: {
		grade: 'B',
		words:
			'令和6年度は、4団体に合計18個の防犯資機材を支給した（令和5年度は12団体、299個）。また、市民防犯講習会に28人が参加した（令和5年度は23人）。\n申請の時期を早めに知らせ、支給を受ける団体を増やしていく。',
		figures: { equipmentBodies: 4, equipmentPieces: 18, lectureAttendance: 28 }
	}
};

/** The cell of the section that stands first at a measure of a plan. */
async function firstCell(tx: Tx, kind: PlanKind, number: number): Promise<string> {
	const [cell] = await tx
		.select({ id: measureSection.id })
		.from(measureSection)
		.innerJoin(measure, eq(measure.id, measureSection.measure))
		.innerJoin(plan, eq(plan.id, measure.plan))
		.where(
			and(
				eq(plan.municipality, municipality),
				eq(plan.kind, kind),
				eq(measure.number, number),
				eq(measureSection.place, 0)
			)
		);
	return cell!.id;
}

export async function seedReports(tx: Tx): Promise<void> {
	let n = 0;
	const next = () => demoId('reports', 0, ++n);
	const by = town.people.safety;
	const at = (fiscalYear: number) => instantOf(`${fiscalYear + 1}-04-10`, '10:00');
	await adopt(tx, admin, guideline, typedFigures, at(2022), next);
	await adopt(tx, admin, welfare, [], at(2022), next);
	const metrics = await tx.select({ id: typedMetric.id, key: typedMetric.key }).from(typedMetric);
	for (const { id: metric, key } of metrics)
		for (const [year, value] of Object.entries(typed[key] ?? {}))
			await tx
				.insert(typedFigure)
				.values({ id: next(), municipality, metric, fiscalYear: Number(year), value, by, at: at(Number(year)) });
	for (const [number, lines] of Object.entries(planned)) {
		const cell = await firstCell(tx, 'table', Number(number));
		const written = lines.map((words) => ({ words, fresh: false }));
		await tx.insert(cellText).values({
			...{ id: next(), municipality, cell, fiscalYear: 2025, column: 'planned', number: 1 },
			...{ lines: written, by, at: at(2024) }
		});
	}
	const project = await firstCell(tx, 'evaluation', 6);
	for (const [year, one] of Object.entries(graded))
		await tx.insert(evaluation).values({
			...{ id: next(), municipality, cell: project, fiscalYear: Number(year), number: 1 },
			...{ ...one, by, at: at(Number(year)) }
		});
}
