import * as z from 'zod/mini';
import { importAssociations, planImport } from '#lib/people/association-import.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, previewOfFile } from '#lib/server/http/forms.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	preview: previewOfFile(async (actor, bytes) =>
		(await planImport(db, actor, bytes)).map(({ input: _input, id: _id, ...line }) => line)
	),
	confirm: form(z.object({ text: z.string() }), async (tx, actor, { text }) => {
		return { done: await importAssociations(tx, actor, new TextEncoder().encode(text), new Date()) };
	})
};
