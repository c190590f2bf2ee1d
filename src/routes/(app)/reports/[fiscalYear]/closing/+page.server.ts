import { jstDay } from '#lib/calendar/day.ts';
import { closeForm, recountForm } from '#lib/reports/closing.ts';
import {
	checklistOf,
	closeYear,
	closingsOf,
	compareClosings,
	effectOf,
	recountYear
} from '#lib/reports/closing.server.ts';
import { latePage } from '#lib/reports/late.server.ts';
import { figureWords } from '#lib/reports/names.ts';
import { typedMetricsOf } from '#lib/reports/typed.server.ts';
import type { Difference } from '#lib/reports/closing.ts';
import { can, may, type Actor } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

const numberIn = (text: string | null) => (/^\d{1,9}$/.test(text ?? '') ? Number(text) : undefined);

/** A difference with what its figures are called. */
async function named(actor: Actor, difference: Difference | undefined) {
	if (!difference) return undefined;
	const words = figureWords(await typedMetricsOf(db, actor.municipality));
	return {
		figures: difference.figures.map(({ metric, ...of }) => ({ ...of, ...words(metric) })),
		cells: difference.cells
	};
}

export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const search = event.url.searchParams;
	const closings = await closingsOf(db, actor, year);
	const last = closings.at(-1);
	const [from, to] = [numberIn(search.get('from')), numberIn(search.get('to'))];
	return {
		year,
		id: newId(),
		did: search.get('did'),
		/** Until it is closed: what is open. */
		checklist: last ? undefined : await readApart((tx) => checklistOf(tx, actor, year, new Date())),
		closings: closings.map(({ at, ...of }) => ({ ...of, on: jstDay(at) })),
		...(last && {
			tray: await latePage(db, actor, last.id, year, numberIn(search.get('before'))),
			first: !search.has('before'),
			effect: await named(actor, await readApart((tx) => effectOf(tx, actor, year)))
		}),
		compared:
			from !== undefined && to !== undefined
				? { from, to, difference: await named(actor, await compareClosings(db, actor, year, from, to)) }
				: undefined,
		pocketName: (await settingsOf(db, actor.municipality)).settings.pocketName,
		may: {
			close: can(actor, 'year.close', {}),
			recount: can(actor, 'year.recount', {}),
			pockets: may(actor, 'pocket.see'),
			cars: may(actor, 'vehicle.edit'),
			bodies: may(actor, 'association.see'),
			plans: may(actor, 'measure.edit'),
			phones: may(actor, 'sync.seeDevices')
		}
	};
};

const here = (year: number, did: string) => `/reports/${year}/closing?did=${did}`;

export const actions = {
	close: form(closeForm, async (tx, actor, sent, event) => {
		const year = yearOfPage(event);
		await closeYear(tx, actor, year, sent, new Date());
		return here(year, 'closed');
	}),
	recount: form(recountForm, async (tx, actor, sent, event) => {
		const year = yearOfPage(event);
		await recountYear(tx, actor, year, sent, new Date());
		return here(year, 'recounted');
	})
};
