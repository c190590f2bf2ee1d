import { redirect } from '@sveltejs/kit';
import { formOf, writtenIn } from '#lib/equipment/asking.server.ts';
import { isOpen } from '#lib/equipment/request.ts';
import { findRequest, numberOf } from '#lib/equipment/requests.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { save } from '../../save.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const request = await findRequest(db, actor, 'request.make', event.params.id).catch(answer);
	// Sent meanwhile, from here or another device: what became of it is the page to see.
	if (!isOpen(request.state)) redirect(303, `/equipment/requests/${request.id}`);
	return {
		id: request.id,
		number: numberOf(request),
		asking: await formOf(db, actor, request.association, new Date()).catch(answer),
		written: await writtenIn(db, request)
	};
};

export const actions = { default: (event) => save(event, event.params.id) };
