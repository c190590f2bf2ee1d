/**
 * The emergency copy: when the store could not keep a finished log, it is put where one more try is possible, and a file is
 * offered. Only its own person sees it. It is dropped as soon as the store holds the log.
 */
import type { Finish, Store } from '#lib/sync/store.ts';

export type Rescue = { id: string; at: string; what: Finish };

const placeOf = (person: string) => `mp_rescue_${person}`;

/** The copies of this person, oldest first. */
export function rescues(person: string): Rescue[] {
	try {
		const read: unknown = JSON.parse(localStorage.getItem(placeOf(person)) ?? '[]');
		return Array.isArray(read) ? (read as Rescue[]) : [];
	} catch {
		return [];
	}
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
 * Puts a copy into the store. The store may have written the log although it could not say so: a log with the same text is
 * there already and is not made twice.
 */
export async function restoreRescue(store: Store, copy: Rescue): Promise<void> {
	const text = JSON.stringify(copy.what.payload);
	for (const op of await store.ops()) {
		if (op.kind !== copy.what.kind || op.summary !== copy.what.summary) continue;
		if (JSON.stringify(await store.payload(op.id)) === text) return dropRescue(store.person, copy.id);
	}
	await store.submit(copy.what);
	dropRescue(store.person, copy.id);
}

/** The same as a file the person can keep or hand to the leader. */
export function saveAsFile(copy: Rescue): void {
	const url = URL.createObjectURL(new Blob([JSON.stringify(copy, null, '\t')], { type: 'application/json' }));
	const link = document.createElement('a');
	link.href = url;
	link.download = `mimamori-${copy.at.slice(0, 10)}.json`;
	link.click();
	setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
