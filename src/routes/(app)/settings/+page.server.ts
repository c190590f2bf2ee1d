import { settingsForm } from '#lib/people/municipality.ts';
import { editSettings, settingsOf } from '#lib/people/settings.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const { name, settings } = await settingsOf(db, requireActor(event).municipality);
	return { name, settings };
};

export const actions: Actions = {
	default: form(settingsForm, async (tx, actor, input) => {
		await editSettings(tx, actor, input);
		return { saved: true };
	})
};
