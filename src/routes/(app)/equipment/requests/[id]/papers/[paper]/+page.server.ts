import { paperOf } from '#lib/equipment/papers.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const { id, paper } = event.params;
	const of = event.url.searchParams.get('handover');
	return { paper: await paperOf(db, actor, id, paper, of, new Date()).catch(answer) };
};
