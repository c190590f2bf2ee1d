/**
 * A rescue file handed in: by its own person from another device, by their leader, by the staff. The ops in it pass the same desk as
 * a push, under their own ids and in the name of their author, so that a file and the phone it came from never make a double.
 */
import { can, type Actor, type Target } from '#lib/people/permissions.ts';
import { actorOf } from '#lib/people/sessions.server.ts';
import { db, transaction, type Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { takePiece } from './blobs.server.ts';
import { Desk, type Say } from './desk.server.ts';
import type { Examined } from './known.server.ts';
import { isOwn } from './devices.server.ts';
import { privateKeyOf } from './keys.server.ts';
import { PROTOCOL, type Bytes, type Push } from './protocol.ts';
import { examine } from './receive.server.ts';
import { fromBase64, keyOfRescue, openRescue, type RescueContent } from './rescue.ts';
import { selfIn } from './self.server.ts';
import { syncServer } from './tables.server.ts';

/** What came of a file: how many records were new, how many were here already, how many were not right. */
export type HandedIn = { author: string; taken: number; known: number; refused: number; photos: number };

/** Takes a file in. Throws `RuleBroken` for a file that is not ours, was changed, or is not this person's to hand in. */
export async function handIn(actor: Actor, text: string, now: Date, say: Say): Promise<HandedIn> {
	const content = await opened(text);
	const ops = content.ops.map(examine);
	const author = authorOf(ops);
	for (const one of ops)
		if (author !== actor.person && !can(actor, 'sync.handIn', targetOf(one.content!.body)))
			throw new RuleBroken('error_sync_rescue_person');
	const done = await transaction((tx) => handInIn(tx, actor, author, ops, content, now, say));
	return { ...done.counts, author: done.by.name, photos: await photosIn(done.by, content, now) };
}

async function opened(text: string): Promise<RescueContent> {
	const key = keyOfRescue(text);
	if (key === undefined) throw new RuleBroken('error_sync_rescue_file');
	const own = await privateKeyOf(db, key);
	if (own === undefined) throw new RuleBroken('error_sync_rescue_server');
	const content = await openRescue(own, text);
	if (!content) throw new RuleBroken('error_sync_rescue_file');
	return content;
}

/** The one person who made all of it. */
function authorOf(ops: Examined[]): string {
	const authors = new Set(ops.map(({ content }) => content?.author));
	const [author] = authors;
	if (authors.size !== 1 || author === undefined) throw new RuleBroken('error_sync_rescue_file');
	return author;
}

function targetOf(body: Bytes['body']): Target {
	if (body.type === 'association') return { association: body.id };
	if (body.type === 'section') return { section: body.id };
	return body.type === 'school' ? { school: body.id } : {};
}

async function handInIn(
	tx: Tx,
	actor: Actor,
	author: string,
	ops: Examined[],
	content: RescueContent,
	now: Date,
	say: Say
) {
	const by = await actorOf(tx, actor.municipality, author, now);
	const { device, epoch } = content.ops[0]!;
	if (!by || !(await isOwn(tx, by, device, epoch))) throw new RuleBroken('error_sync_rescue_person');
	const self = await selfIn(tx);
	// A file tells nothing about the phone's clock of now: what is old is for the leader to look at.
	const head = { lastSeq: 0, pending: 0, oldestAt: null };
	const envelope = { sentAt: content.at, mono: 0, boot: 'a file', head, app: '' };
	const push: Push = { p: PROTOCOL, ...envelope, device, epoch, ops: content.ops };
	const desk = new Desk(tx, by, push, self, now);
	const results = await desk.take(ops, say);
	if (desk.lastNo > self.lastNo) await tx.update(syncServer).set({ lastNo: desk.lastNo });
	const count = (s: (typeof results)[number]['s']) => results.filter((one) => one.s === s).length;
	const counts = { taken: count('stored'), known: count('duplicate'), refused: count('conflict') };
	await record(tx, actor, 'sync.handIn', 'person', author, counts);
	return { by, counts };
}

/** Photos go the way every photo goes; one that is not right delays nothing. Returns how many are whole now. */
async function photosIn(by: Actor, content: RescueContent, now: Date): Promise<number> {
	let whole = 0;
	for (const { sha256, data } of content.blobs) {
		const bytes = Buffer.from(fromBase64(data));
		try {
			const from = (start: number) => ({ sha256, start, total: bytes.length, bytes: bytes.subarray(start) });
			let held = await takePiece(by, from(0), now);
			// Its phone had sent a part of it.
			if (!held.complete && held.offset > 0) held = await takePiece(by, from(held.offset), now);
			if (held.complete) whole++;
		} catch (thrown) {
			if (!(thrown instanceof RuleBroken) && !(thrown instanceof NotFound)) throw thrown;
		}
	}
	return whole;
}
