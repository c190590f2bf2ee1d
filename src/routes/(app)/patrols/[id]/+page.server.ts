import * as z from 'zod/mini';
import { odditiesOfVersion, readLog } from '#lib/patrols/one.server.ts';
import { confirm, sendBack, withdraw } from '#lib/patrols/logs.server.ts';
import { findingsOfLog } from '#lib/patrols/findingReads.server.ts';
import { merge, tellApart, undoMerge } from '#lib/patrols/merges.server.ts';
import { onTheWay } from '#lib/sync/blobs.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	try {
		const log = await readLog(db, actor, event.params.id);
		// The id of a version is that of the op that brought it.
		const versions = log.versions.map((one) => one.version.id);
		return {
			log,
			odd: odditiesOfVersion(log, new Date()),
			findings: await findingsOfLog(db, actor, log.id),
			onTheWay: (await onTheWay(db, actor.municipality, versions)).length
		};
	} catch (thrown) {
		return answer(thrown);
	}
};

const seen = z.coerce.number('error_input').check(z.gte(1, 'error_input'));
const reason = z
	.string('error_reason')
	.check(z.trim(), z.minLength(1, 'error_reason'), z.maxLength(300, 'error_too_long'));
const other = z.object({ other: z.string('error_input') });

export const actions = {
	confirm: form(z.object({ seen }), async (tx, actor, input, { params }) => {
		await confirm(tx, actor, params.id!, input.seen, new Date());
	}),
	sendBack: form(z.object({ seen, reason }), async (tx, actor, input, { params }) => {
		await sendBack(tx, actor, params.id!, input.seen, input.reason, new Date());
	}),
	withdraw: form(z.object({ why: reason }), async (tx, actor, input, { params }) => {
		await withdraw(tx, actor, params.id!, input.why, new Date());
	}),
	merge: form(other, async (tx, actor, input, { params }) => {
		await merge(tx, actor, input.other, params.id!, new Date());
	}),
	undoMerge: form(other, async (tx, actor, input) => {
		await undoMerge(tx, actor, input.other, new Date());
	}),
	apart: form(other, async (tx, actor, input, { params }) => {
		await tellApart(tx, actor, params.id!, input.other, new Date());
	})
};
