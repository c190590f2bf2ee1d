import * as z from 'zod/mini';
import { heads, importAlerts, planAlerts } from '#lib/outreach/alert-import.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, previewOfFile } from '#lib/server/http/forms.ts';

export const load = () => ({ heads: Object.values(heads) });

export const actions = {
	preview: previewOfFile(async (actor, bytes) =>
		(await planAlerts(db, actor, bytes, new Date())).map(({ written: _written, ...line }) => line)
	),
	confirm: form(z.object({ text: z.string() }), async (tx, actor, { text }) => ({
		done: await importAlerts(tx, actor, new TextEncoder().encode(text), new Date())
	}))
};
