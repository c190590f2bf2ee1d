/** Who is signed in on this device, as the server says it, and what they may carry. */
import { hear } from '#lib/sync/answers.client.ts';
import { pullSchema } from '#lib/sync/protocol.ts';
import type { Pack } from '#lib/watches/pack.ts';

/** `same`: the person whose pack this is, and nothing new for them. */
export type Pulled =
	{ is: 'pack'; pack: Pack; next: string } | { is: 'same' } | { is: 'signedOut' } | { is: 'offline' };

const patience = 10_000;

/** Asks for the pack. The mark in `since` hangs on the person, so `same` says who is signed in, too. */
export async function pull(since: string | undefined): Promise<Pulled> {
	const query = since ? `?since=${encodeURIComponent(since)}` : '';
	const ask = { headers: { 'x-mp-sync': '1' } };
	const heard = await hear(fetch, `/api/v1/sync/pull${query}`, ask, pullSchema, patience);
	if (heard.is === 'held') return { is: 'signedOut' };
	if (heard.is !== 'answer') return { is: 'offline' };
	const { changes, next } = heard.body;
	if (changes.length === 0 && since === next) return { is: 'same' };
	const carried = changes.find((one) => one.kind === 'pack');
	return carried ? { is: 'pack', pack: carried.pack as Pack, next } : { is: 'offline' };
}
