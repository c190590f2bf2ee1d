import { error } from '@sveltejs/kit';
import { settingsOf } from '#lib/people/settings.server.ts';
import { idsBehind, moved } from '#lib/pockets/figures.server.ts';
import { endings } from '#lib/pockets/pocket.ts';
import { linesOf } from '#lib/pockets/reads.server.ts';
import { noteLook } from '#lib/pockets/views.server.ts';
import { yearOfPage } from '#lib/server/http/year.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';

/** The homes behind a number of the movement. Exact private data: the look is in the trail. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const query = event.url.searchParams;
	const what = moved.find((one) => one === (query.get('moved') ?? 'end'));
	const ending = endings.find((one) => one === query.get('ending'));
	if (!what || (query.has('ending') && !ending)) error(404, sentence('error_not_found'));
	const school = query.get('school') ?? undefined;
	const ids = await idsBehind(db, actor.municipality, year, { moved: what, school, ending });
	await transaction((tx) => noteLook(tx, actor, 'list', ids.length));
	const { settings } = await settingsOf(db, actor.municipality);
	return { year, what, ending, programme: settings.pocketName, lines: await linesOf(db, actor.municipality, ids) };
};
