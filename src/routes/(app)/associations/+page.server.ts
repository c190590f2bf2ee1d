import { can } from '#lib/people/permissions.ts';
import { associationsOf } from '#lib/people/reads.server.ts';
import { associationKinds } from '#lib/people/association.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event);
	const kind = event.url.searchParams.get('kind') ?? '';
	const ended = event.url.searchParams.get('ended') === 'on';
	const all = await associationsOf(db, actor);
	const known = associationKinds.find((one) => one === kind);
	return {
		kind: known,
		ended,
		mayEdit: can(actor, 'association.edit', {}),
		associations: all.filter((one) => (!known || one.kind === known) && (ended || !one.endedOn))
	};
};
