import { rowsBehind } from '#lib/patrols/figures.server.ts';
import { cursorOf, cursorText } from '#lib/patrols/filter.ts';
import { programmes } from '#lib/patrols/log.ts';
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
	const asked = search.getAll('programme');
	const chosen = programmes.filter((one) => asked.includes(one));
	const association = search.get('association') ?? undefined;
	const after = cursorOf(search.get('after'));
	const behind = { programmes: chosen.length > 0 ? chosen : undefined, association };
	const { rows, next } = await rowsBehind(db, actor, year, behind, after);
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
		programmes: chosen,
		association,
		rows: rows.map((row) => ({
			...row,
			bodies: (bodies.get(row.version) ?? []).map((one) => one.name),
			opens: opens.has(row.log)
		})),
		next: next && cursorText(next)
	};
};
