import { rowsBehind } from '#lib/patrols/behind.server.ts';
import { behindOf, cursorOf, cursorText } from '#lib/patrols/filter.ts';
import { logsInReach } from '#lib/patrols/open.server.ts';
import { bodiesOf } from '#lib/patrols/reads.server.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

/** The logs behind one number of the report. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const search = event.url.searchParams;
	const behind = behindOf(search);
	const { rows, next } = await rowsBehind(db, actor, year, behind, cursorOf(search.get('after')));
	const opens = await logsInReach(
		db,
		actor,
		rows.map((row) => row.log)
	);
	const bodies = await bodiesOf(
		db,
		rows.map((row) => row.version)
	);
	return {
		year,
		programmes: behind.programmes ?? [],
		association: behind.association,
		rows: rows.map((row) => ({
			...row,
			bodies: (bodies.get(row.version) ?? []).map((one) => one.name),
			opens: opens.has(row.log)
		})),
		next: next && cursorText(next)
	};
};
