import { handedIn } from '#lib/equipment/figures.server.ts';
import { may } from '#lib/people/permissions.ts';
import { bodiesAt } from '#lib/reports/bodies.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

/** 年度一覧: the hand-overs behind the figure, and apart from them what was lent. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const issued = await handedIn(db, actor, year, 'issued');
	return {
		year,
		bodies: new Set(issued.map((row) => row.association)).size,
		pieces: issued.reduce((sum, row) => sum + row.pieces, 0),
		issued: bodiesAt(issued, event.url.searchParams.get('bodies')),
		usage: may(actor, 'usage.see'),
		lent: await handedIn(db, actor, year, 'lent')
	};
};
