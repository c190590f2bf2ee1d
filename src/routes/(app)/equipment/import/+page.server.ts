import * as z from 'zod/mini';
import { itemWithSize } from '#lib/equipment/names.ts';
import { importStock, planStock } from '#lib/equipment/stock-import.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, previewOfFile } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';

export const actions = {
	preview: previewOfFile(async (actor, bytes) =>
		(await planStock(db, actor, bytes)).lines.map(({ size, ...line }) => ({
			...line,
			name: itemWithSize(line.name, size)
		}))
	),
	confirm: form(z.object({ text: z.string() }), async (tx, actor, { text }) => ({
		done: await importStock(tx, actor, new TextEncoder().encode(text), m.people_import_title(), new Date())
	}))
};
