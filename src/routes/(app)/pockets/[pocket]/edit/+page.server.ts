import { changeForm } from '#lib/pockets/application.ts';
import { boxesOfPocket } from '#lib/pockets/boxes.ts';
import { isOver } from '#lib/pockets/pocket.ts';
import { change, findPocket } from '#lib/pockets/pockets.server.ts';
import { schoolsOf } from '#lib/pockets/register.server.ts';
import { mapBaseOf } from '#lib/map/base.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound } from '#lib/server/errors.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const found = await transaction(async (tx) => {
		const pocket = await findPocket(tx, actor, 'pocket.edit', event.params.pocket);
		if (isOver(pocket.state)) throw new NotFound('pocket');
		await record(tx, actor, 'pocket.look', 'pocket', pocket.id);
		return pocket;
	}).catch(answer);
	return {
		pocket: { id: found.id, name: found.name },
		boxes: boxesOfPocket(found),
		schools: await schoolsOf(db, actor.municipality),
		base: await mapBaseOf(db, actor.municipality)
	};
};

export const actions = {
	default: form(changeForm, async (tx, actor, { pocket }, event) => {
		const id = event.params.pocket ?? '';
		await change(tx, actor, id, pocket, new Date());
		return `/pockets/${id}`;
	})
};
