import { runInsOf } from '#lib/pockets/runInReads.server.ts';
import { transaction } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

/** The most sensitive list of the house: the look is in the trail. */
export const load = async (event) => {
	const actor = requireActor(event);
	return { runIns: await transaction((tx) => runInsOf(tx, actor)) };
};
