/** The line to the server: who is signed in and what they may carry, and the sender of what waits. */
import { pullSchema } from '#lib/sync/protocol.ts';
import type { Store } from '#lib/sync/store.ts';
import type { Pack } from '#lib/watches/pack.ts';

/** `same`: the person whose pack this is, and nothing new for them. */
export type Pulled =
	{ is: 'pack'; pack: Pack; next: string } | { is: 'same' } | { is: 'signedOut' } | { is: 'offline' };

export type Line = {
	/** Sends what waits; false when the server could not be reached. */
	send(): Promise<boolean>;
	close(): void;
};

const patience = 10_000;

/**
 * Asks for the pack. A captive portal's page, a redirect, half a body: none of them is an answer. The mark in `since` hangs on
 * the person, so `same` says who is signed in, too.
 */
async function pull(since: string | undefined): Promise<Pulled> {
	try {
		const answer = await fetch(`/api/v1/sync/pull${since ? `?since=${encodeURIComponent(since)}` : ''}`, {
			headers: { accept: 'application/json' },
			redirect: 'error',
			cache: 'no-store',
			signal: AbortSignal.timeout(patience)
		});
		const body: unknown = await answer.json();
		if (answer.status === 401) return (body as { error?: unknown }).error ? { is: 'signedOut' } : { is: 'offline' };
		const read = pullSchema.safeParse(body);
		if (answer.status !== 200 || !read.success) return { is: 'offline' };
		const { changes, next } = read.data;
		if (changes.length === 0) return since === next ? { is: 'same' } : { is: 'offline' };
		const carried = changes.find((one) => one.kind === 'pack');
		return carried ? { is: 'pack', pack: carried.pack as Pack, next } : { is: 'offline' };
	} catch {
		return { is: 'offline' };
	}
}

export const line = {
	pull,
	open: (_store: Store): Line => ({ send: async () => true, close: () => undefined })
};
