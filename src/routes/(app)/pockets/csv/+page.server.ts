import { countsOf, pocketNameOf } from '#lib/pockets/register.server.ts';
import { filterOf } from '#lib/pockets/registerFilter.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

/** How many homes would leave the house, and no more: what is in them comes with a reason. */
export const load = async (event) => {
	const actor = requireActor(event);
	const { page: _, state, ...looked } = filterOf(event.url.searchParams);
	const counts = await countsOf(db, actor, { ...looked, state: undefined });
	const all = [...counts.values()].reduce((sum, n) => sum + n, 0);
	const words = new URLSearchParams(event.url.searchParams);
	words.delete('refused');
	return {
		count: state ? (counts.get(state) ?? 0) : all,
		words: words.toString(),
		refused: event.url.searchParams.has('refused'),
		programme: await pocketNameOf(db, actor.municipality)
	};
};
