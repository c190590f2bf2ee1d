import { RuleBroken } from '#lib/server/errors.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { refuse, requireActor } from '#lib/server/http/forms.ts';
import { handIn } from '#lib/sync/handIn.server.ts';
import { awake } from '../../api/v1/sync/handlers.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: async (event) => {
		const actor = requireActor(event);
		const file = (await event.request.formData()).get('file');
		if (!(file instanceof File) || file.size === 0) return refuse({}, { file: sentence('error_file_none') });
		try {
			await awake();
			return { done: await handIn(actor, await file.text(), new Date(), sentence) };
		} catch (thrown) {
			if (thrown instanceof RuleBroken) return refuse({}, { file: sentence(thrown.code, thrown.params) });
			return answer(thrown);
		}
	}
};
