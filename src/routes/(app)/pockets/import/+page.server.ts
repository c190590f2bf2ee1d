import { redirect, type RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { applyList, listsOf, mapList, takeList, undoList } from '#lib/pockets/imports.server.ts';
import { noteList, viewOfList } from '#lib/pockets/importView.server.ts';
import { mappingForm } from '#lib/pockets/listFields.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { form, refuse, requireActor } from '#lib/server/http/forms.ts';

/** The list that the address names; what is no id is no list. */
const listIn = (event: { url: URL }) => event.url.searchParams.get('list') ?? '';
const page = (id: string) => `/pockets/import?list=${encodeURIComponent(id)}`;

export const load = async (event) => {
	const actor = requireActor(event);
	const id = listIn(event);
	const map = event.url.searchParams.has('map');
	if (id) await transaction((tx) => noteList(tx, actor, id)).catch(answer);
	return {
		id: newId(),
		list: id ? await viewOfList(db, actor, id, map, new Date()).catch(answer) : undefined,
		lists: id ? [] : await listsOf(db, actor)
	};
};

async function upload(event: RequestEvent) {
	const actor = requireActor(event);
	const sent = await event.request.formData();
	const [id, file] = [sent.get('id'), sent.get('file')];
	if (typeof id !== 'string' || !/^[0-9a-f-]{36}$/.test(id)) return refuse({}, { form: sentence('error_input') });
	if (!(file instanceof File) || file.size === 0) return refuse({}, { file: sentence('error_file_none') });
	const bytes = new Uint8Array(await file.arrayBuffer());
	try {
		await transaction((tx) => takeList(tx, actor, { id, file: file.name, bytes }, new Date()));
	} catch (thrown) {
		if (thrown instanceof RuleBroken)
			return refuse({}, { [thrown.field ?? 'form']: sentence(thrown.code, thrown.params) });
		return answer(thrown);
	}
	redirect(303, page(id));
}

export const actions = {
	upload,
	map: form(mappingForm, async (tx, actor, mapping, event) => {
		await mapList(tx, actor, listIn(event), mapping, new Date());
		return page(listIn(event));
	}),
	apply: form(z.object({ doubles: z.optional(z.string()) }), async (tx, actor, { doubles }, event) => {
		await applyList(tx, actor, listIn(event), { doubles: doubles !== undefined }, new Date());
		return page(listIn(event));
	}),
	undo: form(z.object({ sure: z.string('error_choose') }), async (tx, actor, _, event) => {
		await undoList(tx, actor, listIn(event), new Date());
		return page(listIn(event));
	})
};
