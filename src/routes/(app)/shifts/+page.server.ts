import * as z from 'zod/mini';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { chosen } from '#lib/watches/inputs.ts';
import { agendaOf } from '#lib/watches/reads.server.ts';
import { join, leave } from '#lib/watches/signUps.server.ts';

const deeds = ['joined', 'left'] as const;

export const load = async (event) => {
	const actor = requireActor(event);
	const agenda = await agendaOf(db, actor, new Date());
	const did = deeds.find((one) => one === event.url.searchParams.get('did'));
	return {
		onlyMine: event.url.searchParams.has('mine'),
		did,
		which: event.url.searchParams.get('shift'),
		shifts: agenda.map(({ clash, ...one }) => ({
			...one,
			clash: clash && { from: clash.from, to: clash.to, place: clash.place.name }
		}))
	};
};

const which = z.object({ id: chosen });
const undoing = z.object({ id: chosen, did: z.enum(deeds, 'error_input') });

export const actions = {
	join: form(which, async (tx, actor, { id }) => {
		await join(tx, actor, id, new Date());
		return `/shifts?did=joined&shift=${id}#${id}`;
	}),
	leave: form(which, async (tx, actor, { id }) => {
		await leave(tx, actor, id, new Date());
		return `/shifts?did=left&shift=${id}#${id}`;
	}),
	undo: form(undoing, async (tx, actor, { id, did }) => {
		if (did === 'joined') await leave(tx, actor, id, new Date(), 'undo');
		else await join(tx, actor, id, new Date());
		return `/shifts#${id}`;
	})
};
