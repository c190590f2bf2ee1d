/** A request comes in, new or written on: read, checked, kept in one transaction. Everything typed goes back with what was wrong. */
import { redirect, type RequestEvent } from '@sveltejs/kit';
import { LARGEST_FILE, MOST_FILES } from '#lib/equipment/attachment.ts';
import { saveWithFiles, type Sent } from '#lib/equipment/attachments.server.ts';
import { askedIn, requestForm } from '#lib/equipment/request.ts';
import { findRequest } from '#lib/equipment/requests.server.ts';
import { transaction } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { fieldErrors, refuse, requireActor, typed } from '#lib/server/http/forms.ts';

/** The files of a form. An empty file box sends one without a name. */
async function filesOf(data: FormData): Promise<Sent[]> {
	const files = data
		.getAll('files')
		.filter((one) => one instanceof File && (one.name !== '' || one.size > 0)) as File[];
	if (files.length > MOST_FILES) throw new RuleBroken('error_equipment_files_many', 'files', { count: MOST_FILES });
	const large = files.find((one) => one.size > LARGEST_FILE);
	if (large) throw new RuleBroken('error_equipment_file_large', 'files', { name: large.name });
	return Promise.all(files.map(async (one) => ({ name: one.name, bytes: Buffer.from(await one.arrayBuffer()) })));
}

/** `id`: the request that is written on; without it the form brings the id of a new one. */
export async function save(event: RequestEvent, id?: string) {
	const actor = requireActor(event);
	const data = await event.request.formData();
	const values = typed(data);
	if (id) values['id'] = id;
	const sheet = requestForm.safeParse(values);
	const { lines, errors } = askedIn(values);
	const wrong = {
		...(sheet.success ? {} : fieldErrors(sheet.error.issues)),
		...Object.fromEntries(Object.entries(errors).map(([box, code]) => [box, sentence(code)]))
	};
	let saved: string;
	try {
		// Somebody else's request is not there, whatever else the form says.
		if (id) await transaction((tx) => findRequest(tx, actor, 'request.make', id));
		if (!sheet.success || Object.keys(wrong).length > 0) return refuse(values, wrong);
		const files = await filesOf(data);
		saved = await transaction((tx) => saveWithFiles(tx, actor, sheet.data, lines, files, new Date()));
	} catch (thrown) {
		if (thrown instanceof RuleBroken)
			return refuse(values, { [thrown.field ?? 'form']: sentence(thrown.code, thrown.params) });
		return answer(thrown);
	}
	redirect(303, `/equipment/requests/${saved}`);
}
