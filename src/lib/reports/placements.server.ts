/** The generated lines of a cell, as the settings change them: one figure may be printed in several, in different words. */
import { and, asc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { problemIn } from './line.ts';
import { ownSettingCell } from './measures.server.ts';
import { isMetric } from './metric.ts';
import { moved } from './order.ts';
import type { LineInput } from './plan.ts';
import { isThere, mayEditPlans } from './plans.server.ts';
import { seenOf } from './seen.server.ts';
import { placement } from './tables.server.ts';
import { typedMetricsOf } from './typed.server.ts';

type Row = typeof placement.$inferSelect;

/** A generated line of the own town. */
export async function ownLine(tx: Reader, actor: Actor, id: string): Promise<Row> {
	mayEditPlans(actor);
	const [found] = await tx
		.select()
		.from(placement)
		.where(and(eq(placement.id, id), eq(placement.municipality, actor.municipality)));
	if (!found) throw new NotFound('line');
	return found;
}

/** The content of a line that a form shows and sends back. */
export const lineContent = ({ words, hangsOn, freshIn, fromYear, untilYear }: Omit<LineInput, 'id'> | Row) => ({
	...{ words, hangsOn, freshIn, fromYear, untilYear }
});

/** Refuses words that could not be printed, at the box where they stand. */
export async function refuseUnprintable(
	tx: Reader,
	actor: Actor,
	{ words, hangsOn }: Pick<LineInput, 'words' | 'hangsOn'>
): Promise<void> {
	const typed = new Set((await typedMetricsOf(tx, actor.municipality)).map(({ key }) => key));
	const known = (metric: string) => isMetric(metric) || typed.has(metric);
	const wrong = problemIn(words, known);
	if (wrong) throw new RuleBroken(wrong.code, 'words', 'name' in wrong ? { name: wrong.name } : {});
	if (hangsOn !== null && !known(hangsOn)) throw new RuleBroken('error_line_metric', 'hangsOn', { name: hangsOn });
}

/** The lines of a cell in their order. */
export const linesOfCell = (tx: Reader, cell: string): Promise<Row[]> =>
	tx
		.select()
		.from(placement)
		.where(eq(placement.cell, cell))
		.orderBy(asc(placement.place), asc(placement.fromYear), asc(placement.id));

async function isSentTwice(tx: Tx, actor: Actor, id: string): Promise<boolean> {
	const [there] = await tx.select({ municipality: placement.municipality }).from(placement).where(eq(placement.id, id));
	return isThere(there, actor);
}

/** Adds a line below the others of a cell. Sent twice with the same id, it is there once. */
export async function addLine(tx: Tx, actor: Actor, cell: string, input: LineInput): Promise<void> {
	await ownSettingCell(tx, actor, cell);
	if (await isSentTwice(tx, actor, input.id)) return;
	await refuseUnprintable(tx, actor, input);
	const place = Math.max(-1, ...(await linesOfCell(tx, cell)).map((one) => one.place)) + 1;
	await tx
		.insert(placement)
		.values({ id: input.id, municipality: actor.municipality, cell, place, ...lineContent(input) });
	await record(tx, actor, 'line.add', 'measure_section', cell, { line: input.id });
}

/**
 * Changes a line: `all`, a slip of the pen, in every year that printed it; `from` a fiscal year on, so that the years before keep what they
 * printed: the old line ends, and one with the new words follows it at its place.
 */
export async function changeLine(tx: Tx, actor: Actor, id: string, input: LineInput): Promise<void> {
	const stands = await ownLine(tx, actor, id);
	if (input.how === 'from' && (await isSentTwice(tx, actor, input.id))) return;
	await refuseUnprintable(tx, actor, input);
	const next = lineContent(input);
	const same = seenOf(lineContent(stands)) === seenOf(next);
	if (same && input.how === 'all') return;
	if (seenOf(lineContent(stands)) !== input.seen) throw new RuleBroken('error_settings_changed');
	if (input.how === 'all') await tx.update(placement).set(next).where(eq(placement.id, id));
	else await follow(tx, actor, stands, input);
	await record(tx, actor, 'line.change', 'measure_section', stands.cell, {
		...{ line: id, how: input.how },
		from: input.how === 'from' ? input.changeYear : null
	});
}

async function follow(tx: Tx, actor: Actor, old: Row, input: LineInput): Promise<void> {
	const from = input.changeYear;
	if (from === null) throw new RuleBroken('error_required', 'changeYear');
	// Nothing was printed before its first year, and nothing is after its last.
	if (from <= old.fromYear || (old.untilYear !== null && from > old.untilYear))
		throw new RuleBroken('error_line_from', 'changeYear');
	if (input.untilYear !== null && input.untilYear < from) throw new RuleBroken('error_years', 'untilYear');
	await tx
		.update(placement)
		.set({ untilYear: from - 1 })
		.where(eq(placement.id, old.id));
	await tx.insert(placement).values({
		...{ id: input.id, municipality: actor.municipality, cell: old.cell, place: old.place },
		...{ ...lineContent(input), fromYear: from }
	});
}

/** Takes a line away from every year. To print it no more from now on, it is given a last year instead. */
export async function removeLine(tx: Tx, actor: Actor, id: string): Promise<void> {
	const { cell } = await ownLine(tx, actor, id);
	await tx.delete(placement).where(eq(placement.id, id));
	await record(tx, actor, 'line.remove', 'measure_section', cell, { line: id });
}

/** The lines of a cell, those that follow each other over the years together: they have one place. */
const placesOf = async (tx: Reader, cell: string) => [
	...Map.groupBy(await linesOfCell(tx, cell), (line) => line.place).values()
];
/** The sign of the order of a cell's lines, for the form that changes it. */
export const orderOf = (lines: readonly { id: string }[]) => seenOf(lines.map(({ id }) => id));

/** Puts a line, with those before and after it in time, at another place of its cell. */
export async function moveLine(
	tx: Tx,
	actor: Actor,
	{ thing, to, seen }: { thing: string; to: number; seen: string }
): Promise<void> {
	const { cell } = await ownLine(tx, actor, thing);
	const places = await placesOf(tx, cell);
	const at = places.findIndex((lines) => lines.some((line) => line.id === thing));
	if (at === to) return;
	if (orderOf(places.flat()) !== seen) throw new RuleBroken('error_settings_changed');
	for (const [place, lines] of moved(places, at, to).entries())
		for (const { id } of lines) await tx.update(placement).set({ place }).where(eq(placement.id, id));
	await record(tx, actor, 'line.order', 'measure_section', cell);
}
