import * as z from 'zod/mini';
import { importAssociations, planImport } from '#lib/people/association-import.server.ts';
import { decode } from '#lib/server/csv.ts';
import { db } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { form, refuse, requireActor } from '#lib/server/http/forms.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	/** Reads only. The text comes back with the answer and is sent again to confirm, where everything is checked anew. */
	preview: async (event) => {
		const actor = requireActor(event);
		const file = (await event.request.formData()).get('file');
		if (!(file instanceof File) || file.size === 0) return refuse({}, { file: sentence('error_file_none') });
		const bytes = new Uint8Array(await file.arrayBuffer());
		try {
			const lines = (await planImport(db, actor, bytes)).map(({ line, name, what, errors, changes }) => ({
				...{ line, name, what, changes },
				errors: errors.map((one) => `${one.column}: ${sentence(one.code)}`)
			}));
			return { lines, text: decode(bytes), bad: lines.some((one) => one.what === 'bad') };
		} catch (thrown) {
			if (thrown instanceof RuleBroken) return refuse({}, { file: sentence(thrown.code, thrown.params) });
			return answer(thrown);
		}
	},
	confirm: form(z.object({ text: z.string() }), async (tx, actor, { text }) => {
		return { done: await importAssociations(tx, actor, new TextEncoder().encode(text), new Date()) };
	})
};
