import { storeOf } from '#lib/equipment/reads.server.ts';
import { may } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const store = await storeOf(db, actor);
	const onlyLow = event.url.searchParams.has('low');
	return {
		items: onlyLow ? store.filter((one) => one.low) : store,
		low: store.filter((one) => one.low).length,
		onlyLow,
		mayEdit: may(actor, 'stock.edit')
	};
};
