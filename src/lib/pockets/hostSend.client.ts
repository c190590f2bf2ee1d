/** One record of a host on its way. Only our own answer with the very id is a receipt: a captive portal says 200 to everything. */
import * as z from 'zod/mini';
import type { RunInPayload } from './runIn.ts';

const PATIENCE = 20_000;
/** What a form action answers a script. */
const answer = z.looseObject({ type: z.string(), status: z.int(), location: z.optional(z.string()) });

/** `waiting`: nobody answered, or somebody else. Never rejects. */
export async function sendRunIn(
	path: string,
	id: string,
	told: RunInPayload
): Promise<'delivered' | 'refused' | 'waiting'> {
	try {
		const body = new FormData();
		body.set('id', id);
		body.set('told', JSON.stringify(told));
		const response = await fetch(path, {
			method: 'POST',
			headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
			body,
			signal: AbortSignal.timeout(PATIENCE)
		});
		if (response.redirected || !/json/.test(response.headers.get('content-type') ?? '')) return 'waiting';
		const said = answer.parse(await response.json());
		if (said.type === 'redirect') return said.location === `${path}?arrived=${id}` ? 'delivered' : 'waiting';
		return said.type === 'failure' && said.status === 422 ? 'refused' : 'waiting';
	} catch {
		return 'waiting';
	}
}
