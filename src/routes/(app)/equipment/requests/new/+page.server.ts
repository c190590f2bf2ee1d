import { bodiesOf, formOf } from '#lib/equipment/asking.server.ts';
import { db } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { save } from '../save.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const bodies = await bodiesOf(db, actor);
	const of = event.url.searchParams.get('of') ?? (bodies.length === 1 ? bodies[0]?.id : undefined);
	if (of === undefined) return { bodies, asking: undefined, id: '' };
	return { bodies, asking: await formOf(db, actor, of, new Date()).catch(answer), id: newId() };
};

export const actions = { default: (event) => save(event) };
