/** 「確かめる」: how a line would print, before it is saved. */
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { lineOf, metricsOf, textOf } from './line.ts';
import { ownSettingCell } from './measures.server.ts';
import { valuesIn } from './metric.ts';
import { valuesOf } from './metrics.server.ts';
import { refuseUnprintable } from './placements.server.ts';

export type Checked = { fiscalYear: number; text: string | null }[];

/** The line of a section's cell with the figures of the year before and of the year; null where it does not print, for want of figures. */
export async function checkLine(
	tx: Reader,
	actor: Actor,
	cell: string,
	line: { words: string; hangsOn: string | null },
	fiscalYear: number
): Promise<Checked> {
	const { section } = await ownSettingCell(tx, actor, cell);
	await refuseUnprintable(tx, actor, line);
	const printed = new Set(metricsOf(line));
	const checked: Checked = [];
	for (const year of [fiscalYear - 1, fiscalYear]) {
		const values = valuesIn(await valuesOf(tx, actor, year, printed), section);
		const parts = lineOf(line.words, line.hangsOn, values);
		checked.push({ fiscalYear: year, text: parts ? textOf(parts) : null });
	}
	return checked;
}
