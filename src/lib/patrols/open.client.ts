/** Making and opening drafts of this room in the phone's store. */
import { uuid } from '#lib/sync/protocol.ts';
import type { Store } from '#lib/sync/store.ts';
import type { Draft } from './draft.ts';
import { draftKind, Recording } from './recording.svelte.ts';

/** Writes a new draft and returns its id: from here on it survives whatever happens to the tab. */
export async function newRecording(store: Store, draft: Draft): Promise<string> {
	const id = uuid(Date.now());
	await store.saveDraft({
		id,
		kind: draftKind,
		revision: 0,
		recording: false,
		data: draft as unknown as Record<string, unknown>
	});
	return id;
}

/** Opens a draft where it was left; undefined when it is gone: finished, thrown away, or another person's. */
export async function openRecording(store: Store, id: string): Promise<Recording | undefined> {
	const kept = id ? await store.draft(id) : undefined;
	if (!kept || kept.kind !== draftKind) return undefined;
	return new Recording(store, id, kept.data as unknown as Draft, kept.revision);
}
