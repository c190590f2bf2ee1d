import { stocktakePage } from '#lib/equipment/reads.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => ({
	sheet: await stocktakePage(db, requireActor(event), event.params.id).catch(answer)
});
