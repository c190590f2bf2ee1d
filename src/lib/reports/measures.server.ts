/** The measures of a plan and the sections that take part in them, as the settings change them. */
import { and, asc, eq, inArray, ne } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { section } from '#lib/people/tables.server.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { Span } from './measure.ts';
import { moved } from './order.ts';
import type { MeasureInput } from './plan.ts';
import { isThere, mayEditPlans, ownPlan } from './plans.server.ts';
import { seenOf } from './seen.server.ts';
import { cellText, evaluation, measure, measureSection, placement } from './tables.server.ts';

/** A measure of the own town. */
export async function ownMeasure(tx: Reader, actor: Actor, id: string) {
	mayEditPlans(actor);
	const [found] = await tx
		.select()
		.from(measure)
		.where(and(eq(measure.id, id), eq(measure.municipality, actor.municipality)));
	if (!found) throw new NotFound('measure');
	return found;
}

/** The content of a measure that a form shows and sends back. */
export const contentOf = (one: typeof measure.$inferSelect) => ({
	...{ number: one.number, chapter: one.chapter, heading: one.heading, name: one.name, content: one.content },
	...{ cityWide: one.cityWide, fromYear: one.fromYear, untilYear: one.untilYear }
});
const filled = (input: MeasureInput) =>
	contentOf({
		...input,
		id: '',
		municipality: '',
		plan: '',
		heading: input.heading ?? '',
		content: input.content ?? ''
	});

const overlap = (a: Span, b: Span) =>
	a.fromYear <= (b.untilYear ?? Infinity) && b.fromYear <= (a.untilYear ?? Infinity);

/** A number stands for one measure of its plan in each fiscal year. */
async function refuseTakenNumber(tx: Tx, plan: string, id: string, input: MeasureInput) {
	const same = await tx
		.select()
		.from(measure)
		.where(and(eq(measure.plan, plan), eq(measure.number, input.number), ne(measure.id, id)));
	if (same.some((one) => overlap(one, input) || one.fromYear === input.fromYear))
		throw new RuleBroken('error_measure_number', 'number', { number: input.number });
}

/** Adds a measure to a plan. Sent twice with the same id, it is there once. */
export async function addMeasure(
	tx: Tx,
	actor: Actor,
	plan: string,
	{ id, ...input }: MeasureInput & { id: string }
): Promise<void> {
	await ownPlan(tx, actor, plan);
	const [there] = await tx.select({ municipality: measure.municipality }).from(measure).where(eq(measure.id, id));
	if (isThere(there, actor)) return;
	await refuseTakenNumber(tx, plan, id, input);
	await tx.insert(measure).values({ id, municipality: actor.municipality, plan, ...filled(input) });
	await record(tx, actor, 'measure.add', 'measure', id, { number: input.number });
}

/** Changes a measure in all its years; `seen`: what stood when the form was opened. */
export async function changeMeasure(
	tx: Tx,
	actor: Actor,
	id: string,
	{ seen, ...input }: MeasureInput & { seen: string }
): Promise<void> {
	const stands = await ownMeasure(tx, actor, id);
	const next = filled(input);
	if (seenOf(contentOf(stands)) === seenOf(next)) return;
	if (seenOf(contentOf(stands)) !== seen) throw new RuleBroken('error_settings_changed');
	await refuseTakenNumber(tx, stands.plan, id, input);
	await tx.update(measure).set(next).where(eq(measure.id, id));
	await record(tx, actor, 'measure.change', 'measure', id, { until: input.untilYear });
}

/** Of these cells, those in which a section wrote or graded: they stay. */
export async function writtenCells(tx: Reader, cells: readonly string[]): Promise<Set<string>> {
	const of = [...cells];
	const written = await tx.selectDistinct({ cell: cellText.cell }).from(cellText).where(inArray(cellText.cell, of));
	const graded = await tx
		.selectDistinct({ cell: evaluation.cell })
		.from(evaluation)
		.where(inArray(evaluation.cell, of));
	return new Set([...written, ...graded].map(({ cell }) => cell));
}

async function removeCells(tx: Tx, cells: readonly string[]): Promise<void> {
	const of = [...cells];
	if ((await writtenCells(tx, of)).size > 0) throw new RuleBroken('error_measure_hangs');
	await tx.delete(placement).where(inArray(placement.cell, of));
	await tx.delete(measureSection).where(inArray(measureSection.id, of));
}

/** Takes a measure away that was added by mistake: one in which nobody has written. The others are ended. */
export async function removeMeasure(tx: Tx, actor: Actor, id: string): Promise<void> {
	const { number } = await ownMeasure(tx, actor, id);
	await removeCells(
		tx,
		(await cellsOf(tx, id)).map((cell) => cell.id)
	);
	await tx.delete(measure).where(eq(measure.id, id));
	await record(tx, actor, 'measure.remove', 'measure', id, { number });
}

/** The cells of a measure in the order of its sections. */
export const cellsOf = (tx: Reader, of: string) =>
	tx
		.select()
		.from(measureSection)
		.where(eq(measureSection.measure, of))
		.orderBy(asc(measureSection.place), asc(measureSection.id));

/** The cell of a section at a measure of the own town. */
export async function ownSettingCell(tx: Reader, actor: Actor, id: string) {
	mayEditPlans(actor);
	const [found] = await tx
		.select()
		.from(measureSection)
		.where(and(eq(measureSection.id, id), eq(measureSection.municipality, actor.municipality)));
	if (!found) throw new NotFound('cell');
	return found;
}

/** A section takes part in a measure from a fiscal year on. */
export async function addCell(
	tx: Tx,
	actor: Actor,
	of: string,
	input: { id: string; section: string; fromYear: number }
): Promise<void> {
	await ownMeasure(tx, actor, of);
	const { municipality } = actor;
	const [there] = await tx
		.select({ municipality: measureSection.municipality })
		.from(measureSection)
		.where(eq(measureSection.id, input.id));
	if (isThere(there, actor)) return;
	const own = and(eq(section.id, input.section), eq(section.municipality, municipality));
	if ((await tx.select({ id: section.id }).from(section).where(own)).length === 0) throw new NotFound('section');
	const cells = await cellsOf(tx, of);
	if (cells.some((cell) => cell.section === input.section)) throw new RuleBroken('error_section_here', 'section');
	const place = Math.max(-1, ...cells.map((cell) => cell.place)) + 1;
	await tx.insert(measureSection).values({ ...input, municipality, measure: of, place, untilYear: null });
	await record(tx, actor, 'measure.addSection', 'measure', of, { section: input.section, from: input.fromYear });
}

/** The fiscal years in which a section takes part. */
export async function setCellYears(
	tx: Tx,
	actor: Actor,
	id: string,
	{ seen, ...span }: Span & { seen: string }
): Promise<void> {
	const { measure: of, fromYear, untilYear } = await ownSettingCell(tx, actor, id);
	if (fromYear === span.fromYear && untilYear === span.untilYear) return;
	if (seenOf({ fromYear, untilYear }) !== seen) throw new RuleBroken('error_settings_changed');
	await tx.update(measureSection).set(span).where(eq(measureSection.id, id));
	await record(tx, actor, 'measure.sectionYears', 'measure', of, {
		cell: id,
		from: span.fromYear,
		until: span.untilYear
	});
}

/** Takes a section away in whose cell nobody has written, with its lines. */
export async function removeCell(tx: Tx, actor: Actor, id: string): Promise<void> {
	const { measure: of, section } = await ownSettingCell(tx, actor, id);
	await removeCells(tx, [id]);
	await record(tx, actor, 'measure.removeSection', 'measure', of, { section });
}

/** Puts a section at another place among those of its measure. */
export async function moveCell(
	tx: Tx,
	actor: Actor,
	{ thing, to, seen }: { thing: string; to: number; seen: string }
): Promise<void> {
	const { measure: of } = await ownSettingCell(tx, actor, thing);
	const order = (await cellsOf(tx, of)).map((cell) => cell.id);
	if (order.indexOf(thing) === to) return;
	if (seenOf(order) !== seen) throw new RuleBroken('error_settings_changed');
	for (const [place, id] of moved(order, order.indexOf(thing), to).entries())
		await tx.update(measureSection).set({ place }).where(eq(measureSection.id, id));
	await record(tx, actor, 'measure.order', 'measure', of);
}
