/** 「確かめる」: how a line would print, before it is saved. */
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { lineOf, metricsOf, textOf } from './line.ts';
import { valuesOf } from './metrics.server.ts';
import { refuseUnprintable } from './placements.server.ts';
import { mayEditPlans } from './plans.server.ts';

export type Checked = { fiscalYear: number; text: string | null }[];

/** The line with the figures of the year before and of the year; null where it does not print, for want of figures. */
export async function checkLine(
	tx: Reader,
	actor: Actor,
	line: { words: string; hangsOn: string | null },
	fiscalYear: number
): Promise<Checked> {
	mayEditPlans(actor);
	await refuseUnprintable(tx, actor, line);
	const printed = new Set(metricsOf(line));
	const checked: Checked = [];
	for (const year of [fiscalYear - 1, fiscalYear]) {
		const parts = lineOf(line.words, line.hangsOn, await valuesOf(tx, actor, year, printed));
		checked.push({ fiscalYear: year, text: parts ? textOf(parts) : null });
	}
	return checked;
}
