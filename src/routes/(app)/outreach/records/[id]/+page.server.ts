import * as z from 'zod/mini';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { cancelOutreach, correctOutreach } from '#lib/outreach/outreach.server.ts';
import { correctForm } from '#lib/outreach/outreach.ts';
import { oneOutreach } from '#lib/outreach/reads.server.ts';
import { may } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const one = await oneOutreach(db, actor, event.params.id).catch(answer);
	return {
		one,
		year: fiscalYearOf(one.versions[0]!.onDay),
		mayEdit: may(actor, 'outreach.edit') && one.cancelled === null,
		did: event.url.searchParams.get('did')
	};
};

const cancelling = z.object({
	reason: z
		.string('error_required')
		.check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(200, 'error_too_long'))
});

export const actions = {
	correct: async (event) => {
		const { id } = event.params;
		const { kind } = await oneOutreach(db, requireActor(event), id).catch(answer);
		return form(correctForm(kind), async (tx, actor, { number, ...written }) => {
			await correctOutreach(tx, actor, id, number, written, new Date());
			return `/outreach/records/${id}?did=corrected`;
		})(event);
	},
	cancel: form(cancelling, async (tx, actor, { reason }, event) => {
		const id = event.params.id ?? '';
		await cancelOutreach(tx, actor, id, reason, new Date());
		return `/outreach/records/${id}?did=cancelled`;
	})
};
