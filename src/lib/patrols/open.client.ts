/** Beginning and opening drafts of this room. A new one is written at its first change: looking at a form leaves nothing behind. */
import { uuid } from '#lib/sync/protocol.ts';
import type { Store } from '#lib/sync/store.ts';
import type { Draft } from './draft.ts';
import { draftKind, Recording } from './recording.svelte.ts';

/** Drafts that were begun in this tab and may not have been written yet. */
const fresh = new Map<string, { person: string; draft: Draft }>();

/** Begins a draft; the page that opens its id gets it. */
export function beginDraft(store: Store, draft: Draft): string {
	const id = uuid(Date.now());
	fresh.set(id, { person: store.person, draft });
	return id;
}

/** Opens a draft where it was left; undefined when it is gone: finished, thrown away, or another person's. */
export async function openRecording(store: Store, id: string): Promise<Recording | undefined> {
	if (!id) return undefined;
	const kept = await store.draft(id);
	const begun = fresh.get(id);
	fresh.delete(id);
	if (kept)
		return kept.kind === draftKind ? new Recording(store, id, kept.data as unknown as Draft, kept.revision) : undefined;
	return begun?.person === store.person ? new Recording(store, id, begun.draft, 0) : undefined;
}
