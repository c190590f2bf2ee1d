import { findingsOfLog } from '#lib/patrols/findingReads.server.ts';
import { readLog } from '#lib/patrols/one.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const log = await readLog(db, actor, event.params.id).catch(answer);
	return { log, findings: await findingsOfLog(db, actor, log.id) };
};
