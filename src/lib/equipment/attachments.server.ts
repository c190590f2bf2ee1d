/** Files of a request: come with its form, are read by whoever sees it, and are taken away while it is open. */
import { and, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { fileName, fileTypeOf, LARGEST_FILE, MOST_FILES, type FileType } from './attachment.ts';
import { isOpen, type Asked, type RequestForm } from './request.ts';
import { findRequest, saveRequest } from './requests.server.ts';
import { attachment } from './tables.server.ts';

/** A file as it was sent. */
export type Sent = { name: string; bytes: Buffer };

/** Each file something we take. The sentence names the one that is not. */
function read({ name, bytes }: Sent): Sent & { type: FileType } {
	if (bytes.length > LARGEST_FILE) throw new RuleBroken('error_equipment_file_large', 'files', { name });
	const type = fileTypeOf(bytes);
	if (!type) throw new RuleBroken('error_equipment_file_kind', 'files', { name });
	return { name: fileName(name, type), bytes, type };
}

/**
 * Keeps what the leader wrote together with its files: all of it or nothing. Sent twice, a file is there once; to what the office has
 * before it nothing is added.
 */
export const saveWithFiles = (
	tx: Tx,
	actor: Actor,
	form: RequestForm,
	lines: readonly Asked[],
	files: readonly Sent[],
	now: Date
): Promise<string> => saveRequest(tx, actor, form, lines, now, () => addFiles(tx, actor, form.id, files, now));

async function addFiles(tx: Tx, actor: Actor, of: string, files: readonly Sent[], now: Date): Promise<void> {
	const there = await tx
		.select({ name: attachment.name, bytes: attachment.bytes })
		.from(attachment)
		.where(eq(attachment.request, of));
	for (const file of files.map(read)) {
		if (there.some((one) => one.name === file.name && one.bytes.equals(file.bytes))) continue;
		there.push(file);
		if (there.length > MOST_FILES) throw new RuleBroken('error_equipment_files_many', 'files', { count: MOST_FILES });
		const row = { id: newId(now.getTime()), municipality: actor.municipality, request: of, by: actor.person, at: now };
		await tx.insert(attachment).values({ ...row, ...file });
	}
}

/** One file, for whoever sees its request. */
export async function attachmentOf(tx: Reader, actor: Actor, of: string, file: string) {
	await findRequest(tx, actor, 'request.see', of);
	const [found] = await tx
		.select({ name: attachment.name, type: attachment.type, bytes: attachment.bytes })
		.from(attachment)
		.where(and(eq(attachment.id, file), eq(attachment.request, of)));
	if (!found) throw new NotFound('attachment');
	return found;
}

/** Takes a file away while the leader may still write in the request. */
export async function removeAttachment(tx: Tx, actor: Actor, of: string, file: string): Promise<void> {
	const found = await findRequest(tx, actor, 'request.make', of);
	const mine = and(eq(attachment.id, file), eq(attachment.request, of));
	const [there] = await tx.select({ name: attachment.name }).from(attachment).where(mine);
	if (!there) throw new NotFound('attachment');
	if (!isOpen(found.state)) throw new RuleBroken('error_equipment_not_now');
	await tx.delete(attachment).where(mine);
	await record(tx, actor, 'equipment.removeFile', 'request', of, { name: there.name });
}
