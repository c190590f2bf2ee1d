/** The line to the server: who is signed in and what they may carry, and the sender of what waits. */
import { PROTOCOL, pullSchema } from '#lib/sync/protocol.ts';
import type { Store } from '#lib/sync/store.ts';
import type { Pack } from '#lib/watches/pack.ts';

export type Pulled = { is: 'pack'; pack: Pack; next: string } | { is: 'signedOut' } | { is: 'offline' };

export type Line = {
	/** Sends what waits; false when the server could not be reached. */
	send(): Promise<boolean>;
	close(): void;
};

const patience = 10_000;

/** A captive portal's page, a redirect, half a body: none of them is an answer. */
async function pull(_since: string | undefined): Promise<Pulled> {
	try {
		const answer = await fetch('/api/v1/sync/pull', {
			headers: { accept: 'application/json' },
			redirect: 'error',
			cache: 'no-store',
			signal: AbortSignal.timeout(patience)
		});
		const body: unknown = await answer.json();
		if (answer.status === 401 && (body as { p?: unknown }).p === PROTOCOL) return { is: 'signedOut' };
		const read = pullSchema.safeParse(body);
		if (answer.status !== 200 || !read.success) return { is: 'offline' };
		const carried = read.data.changes.find((one) => one.kind === 'pack');
		return carried ? { is: 'pack', pack: carried.value as Pack, next: read.data.next } : { is: 'offline' };
	} catch {
		return { is: 'offline' };
	}
}

export const line = {
	pull,
	open: (_store: Store): Line => ({ send: async () => true, close: () => undefined })
};
