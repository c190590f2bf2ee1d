/**
 * The emergency copy: when the store could not keep a finished log, it is put where one more way is left. It is sealed to the
 * server's key, so this phone cannot read it back: it is handed in by itself as soon as there is a network, or as a file by anybody.
 */
import { hear } from '#lib/sync/answers.client.ts';
import { limits, thaw, uuid, type Frozen, type Op } from '#lib/sync/protocol.ts';
import {
	CONTENT_SIZE,
	handedInSchema,
	sealRescue,
	toBase64,
	type RescueContent,
	type RescueKey
} from '#lib/sync/rescue.ts';
import type { Store } from '#lib/sync/store.ts';

/** `id` is that of the draft it came of; `file` the sealed text. */
export type Rescue = { id: string; at: string; file: string };

const placeOf = (person: string) => `mp_rescue_${person}`;

/** The copies of this person, oldest first. */
export function rescues(person: string): Rescue[] {
	try {
		const read: unknown = JSON.parse(localStorage.getItem(placeOf(person)) ?? '[]');
		return Array.isArray(read) ? read.filter(isRescue) : [];
	} catch {
		return [];
	}
}

function isRescue(value: unknown): value is Rescue {
	const one = value as Partial<Record<keyof Rescue, unknown>> | null;
	return typeof one?.id === 'string' && typeof one.at === 'string' && typeof one.file === 'string';
}

/** Keeps a copy; false when even this is not possible and only the file remains. */
export function keepRescue(person: string, copy: Rescue): boolean {
	const others = rescues(person).filter((one) => one.id !== copy.id);
	return write(person, [...others, copy]);
}

export function dropRescue(person: string, id: string): void {
	write(
		person,
		rescues(person).filter((one) => one.id !== id)
	);
}

function write(person: string, copies: Rescue[]): boolean {
	try {
		if (copies.length === 0) localStorage.removeItem(placeOf(person));
		else localStorage.setItem(placeOf(person), JSON.stringify(copies));
		return true;
	} catch {
		return false;
	}
}

/**
 * Seals a frozen log that the store refused. It stands in an order of its own (a new epoch), because the store gave it no place;
 * its id and hash are those it keeps, should the store take it after all.
 */
export async function copyOf(store: Store, key: RescueKey, draft: string, frozen: Frozen, now: Date): Promise<Rescue> {
	const op: Op = { device: store.device, epoch: uuid(now.getTime()), seq: 1, ...frozen };
	const { content } = await packed(store, [op], now);
	return { id: draft, at: now.toISOString(), file: await sealRescue(key, content) };
}

export type RescueFile = { name: string; text: string; count: number; photosLeft: number };

/** Everything that waits on this phone, as files for another way. As many as it takes. */
export async function filesOf(store: Store, key: RescueKey, now: Date): Promise<RescueFile[]> {
	const files: RescueFile[] = [];
	for (let after = 0; ;) {
		const ops = (await store.outbox.waiting(limits.ops, CONTENT_SIZE, after)).map(({ receipt: _receipt, ...op }) => op);
		if (ops.length === 0) return files;
		after = ops[ops.length - 1]!.seq;
		const { content, left } = await packed(store, ops, now);
		const name = `mimamori-${now.toISOString().slice(0, 10)}-${files.length + 1}.mimamori`;
		files.push({ name, text: await sealRescue(key, content), count: ops.length, photosLeft: left });
	}
}

/**
 * A record that cannot be sent as it is, as a file: what can still be read goes sealed to the server like every rescue file and is
 * handed in like one; of what cannot, the rest, sealed as it lies here, for whoever looks into it.
 */
export async function fileOfBroken(
	store: Store,
	key: RescueKey | undefined,
	id: string,
	now: Date
): Promise<{ name: string; text: string } | undefined> {
	const found = await store.outbox.broken(id);
	if (!found) return undefined;
	const name = `mimamori-${now.toISOString().slice(0, 10)}-${id.slice(-8)}`;
	if ('rest' in found) return { name: `${name}.json`, text: JSON.stringify(found.rest) };
	if (!key) return undefined;
	const { content } = await packed(store, [found.op], now);
	return { name: `${name}.mimamori`, text: await sealRescue(key, content) };
}

/** Photos go along as far as there is room; the others still come from the phone, or stay on the way. */
async function packed(store: Store, ops: Op[], now: Date): Promise<{ content: RescueContent; left: number }> {
	let size = JSON.stringify(ops).length;
	let left = 0;
	const blobs: RescueContent['blobs'] = [];
	for (const sha256 of new Set(ops.flatMap((op) => thaw(op.bytes)?.blobs ?? []))) {
		const blob = await store.blob(sha256).catch(() => undefined);
		const length = ((blob?.bytes.length ?? 0) * 4) / 3;
		if (blob && size + length < CONTENT_SIZE) {
			size += length;
			blobs.push({ sha256, data: toBase64(blob.bytes) });
		} else left++;
	}
	return { content: { at: now.toISOString(), ops, blobs }, left };
}

/**
 * Hands in the copies of this store's person, but for that of the draft on screen. A copy goes only when the server that this phone
 * knows has said so; its draft goes with it, so that nobody finishes the same log again. Returns how many went.
 */
export async function handInRescues(store: Store, onScreen: string | undefined): Promise<number> {
	let done = 0;
	for (const copy of rescues(store.person).filter((one) => one.id !== onScreen)) {
		const headers = { 'content-type': 'application/octet-stream', 'x-mp-sync': '1' };
		const init = { method: 'POST', headers, body: copy.file };
		const heard = await hear(fetch, '/api/v1/sync/rescue', init, handedInSchema, 60_000);
		if (heard.is !== 'answer') continue;
		const { server, era, taken, known } = heard.body;
		if (taken + known === 0 || (await store.outbox.meet(server, era, undefined)) === 'stranger') continue;
		await store.deleteDraft(copy.id).catch(() => undefined);
		dropRescue(store.person, copy.id);
		done++;
	}
	return done;
}

/** Offers a sealed text as a file the person can keep, send on, or hand to the leader. */
export function saveAsFile(name: string, text: string): void {
	const url = URL.createObjectURL(new Blob([text], { type: 'application/octet-stream' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = name;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

export const nameOf = (copy: Rescue) => `mimamori-${copy.at.slice(0, 10)}.mimamori`;
