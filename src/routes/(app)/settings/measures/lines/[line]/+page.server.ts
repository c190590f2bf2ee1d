import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { checkLine } from '#lib/reports/check.server.ts';
import { ownSettingCell } from '#lib/reports/measures.server.ts';
import { changeLine, lineContent, ownLine, removeLine } from '#lib/reports/placements.server.ts';
import { lineForm } from '#lib/reports/plan.ts';
import { seenOf } from '#lib/reports/seen.server.ts';
import { cellPage, figuresPage } from '#lib/reports/settings.server.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db, type Reader } from '#lib/server/db/index.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import * as z from 'zod/mini';
import { typedLine } from '../../typedLine.ts';

const here = (event: { params: Partial<Record<string, string>> }) => event.params.line ?? '';
/** The page of the measure a line belongs to. */
const measureOf = async (tx: Reader, actor: Actor, id: string) =>
	(await ownSettingCell(tx, actor, (await ownLine(tx, actor, id)).cell)).measure;

const checked = (actor: Actor, cell: string, line: { words: string; hangsOn: string | null }) =>
	readApart((tx) => checkLine(tx, actor, cell, line, fiscalYearAt(new Date())));

export const load = async (event) => {
	const actor = requireActor(event);
	const running = fiscalYearAt(new Date());
	const stands = await ownLine(db, actor, here(event)).catch(answer);
	const { figures, typed } = await readApart((tx) => figuresPage(tx, actor, running));
	const line = lineContent(stands);
	return {
		...{ line, seen: seenOf(line), figures, typed, running, id: newId() },
		cell: await cellPage(db, actor, stands.cell, running),
		checked: await checked(actor, stands.cell, line).catch(() => undefined)
	};
};

export const actions = {
	check: form(lineForm, async (tx, actor, input, event) => {
		const { cell } = await ownLine(tx, actor, here(event));
		return { values: typedLine(input), checked: await checked(actor, cell, input) };
	}),
	change: form(lineForm, async (tx, actor, input, event) => {
		await changeLine(tx, actor, here(event), input);
		return `/settings/measures/${await measureOf(tx, actor, here(event))}?did=saved`;
	}),
	remove: form(z.object({}), async (tx, actor, _, event) => {
		const measure = await measureOf(tx, actor, here(event));
		await removeLine(tx, actor, here(event));
		return `/settings/measures/${measure}?did=removed`;
	})
};
