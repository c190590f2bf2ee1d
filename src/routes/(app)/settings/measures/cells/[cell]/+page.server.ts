import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { checkLine } from '#lib/reports/check.server.ts';
import { ownSettingCell } from '#lib/reports/measures.server.ts';
import { addLine } from '#lib/reports/placements.server.ts';
import { lineForm } from '#lib/reports/plan.ts';
import { cellPage, figuresPage } from '#lib/reports/settings.server.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { typedLine } from '../../typedLine.ts';

const here = (event: { params: Partial<Record<string, string>> }) => event.params.cell ?? '';

export const load = async (event) => {
	const actor = requireActor(event);
	const running = fiscalYearAt(new Date());
	const cell = await cellPage(db, actor, here(event), running).catch(answer);
	const { figures, typed } = await readApart((tx) => figuresPage(tx, actor, running));
	return { cell, figures, typed, running, id: newId() };
};

export const actions = {
	check: form(lineForm, async (_, actor, input, event) => {
		const running = fiscalYearAt(new Date());
		const checked = await readApart((tx) => checkLine(tx, actor, here(event), input, running));
		return { values: typedLine(input), checked };
	}),
	add: form(lineForm, async (tx, actor, input, event) => {
		const { measure } = await ownSettingCell(tx, actor, here(event));
		await addLine(tx, actor, here(event), input);
		return `/settings/measures/${measure}?did=added`;
	})
};
