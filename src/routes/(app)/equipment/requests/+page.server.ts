import { policyOf } from '#lib/equipment/policies.server.ts';
import { cursorOf, cursorText, filterOf } from '#lib/equipment/requestFilter.ts';
import { askersOf, linesWithItems, requestsOf, statesOf } from '#lib/equipment/requestReads.server.ts';
import { can, may } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const search = event.url.searchParams;
	const { state, year, decided, association, lacking } = filterOf(search);
	const narrow = { fiscalYear: year, decided, association, lacking };
	const cursor = cursorOf(search.get('after'));
	const { rows, next } = await requestsOf(db, actor, { ...narrow, states: state && [state] }, cursor);
	const staff = can(actor, 'request.see', {});
	const prepare = may(actor, 'request.prepare');
	const decide = may(actor, 'request.decide') || (prepare && (await policyOf(db, actor.municipality)).oneMayDoBoth);
	return {
		rows: rows.map(({ receiptYear: _y, receiptNo: _n, ...row }) => row),
		/** The cards of a body tell what was asked for; the table of staff keeps to numbers. */
		lines: staff
			? []
			: await linesWithItems(
					db,
					rows.map((row) => row.id)
				).then((lines) => lines.map(({ request, name, size, unit, asked }) => ({ request, name, size, unit, asked }))),
		next: next && cursorText(next),
		first: cursor === undefined,
		filter: { state, year, decided, association, lacking },
		staff,
		...(staff && { counts: await statesOf(db, actor, narrow), ...(await askersOf(db, actor)) }),
		may: {
			make: may(actor, 'request.make'),
			prepare,
			decide,
			policy: may(actor, 'policy.edit')
		}
	};
};
