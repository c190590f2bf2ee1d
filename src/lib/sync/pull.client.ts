/** Fetches what this person needs for the road, and keeps it in the store. */
import * as z from 'zod/mini';
import { hear } from './answers.client.ts';
import { pullSchema } from './protocol.ts';
import type { Store } from './store.ts';

const packChange = z.looseObject({
	kind: z.literal('pack'),
	pack: z.looseObject({ person: z.looseObject({ id: z.string() }) })
});

/** True when the pack is now up to date. Another person's pack (somebody else signed in on this browser) is not taken. */
export async function pullPack(store: Store, fetch: typeof globalThis.fetch, now: number): Promise<boolean> {
	const kept = await store.pack();
	const query = kept ? `?since=${encodeURIComponent(kept.next)}` : '';
	const heard = await hear(fetch, `/api/v1/sync/pull${query}`, { headers: { 'x-mp-sync': '1' } }, pullSchema, 20_000);
	if (heard.is !== 'answer') return false;
	const { server, era, changes, next } = heard.body;
	if ((await store.outbox.meet(server, era, undefined)) === 'stranger') return false;
	// Unchanged is as good as new: it is fresh as of now.
	if (kept && changes.length === 0 && next === kept.next) await store.savePack({ ...kept, at: new Date(now) });
	for (const change of changes) {
		const parsed = packChange.safeParse(change);
		if (!parsed.success) continue;
		if (parsed.data.pack.person.id !== store.person) return false;
		await store.savePack({ value: parsed.data.pack, next, at: new Date(now) });
	}
	return true;
}
