import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { takePiece } from '#lib/sync/blobs.server.ts';
import { limits } from '#lib/sync/protocol.ts';
import { greeting } from '#lib/sync/self.server.ts';
import { bodyWithin, ifThereIsRoom, refused, said, unlessStoreFails } from '../../http.ts';
import type { RequestEvent, RequestHandler } from './$types.js';

/** One piece of a photo or track: `x-mp-offset` says where it begins, `x-mp-total` how long the whole is. */
export const PUT: RequestHandler = (event) => ifThereIsRoom(() => take(event));

async function take(event: RequestEvent): Promise<Response> {
	const actor = requireActor(event);
	const { sha256 } = event.params;
	const start = whole(event.request.headers.get('x-mp-offset'));
	const total = whole(event.request.headers.get('x-mp-total'));
	if (!/^[0-9a-f]{64}$/.test(sha256) || start === undefined || total === undefined) return refused(400, 'shape');
	const bytes = await bodyWithin(event.request, limits.blob);
	if (!bytes || total > limits.blob) return refused(413, 'tooLarge');
	return unlessStoreFails(async () => {
		const now = new Date();
		try {
			const held = await takePiece(actor, { sha256, start, total, bytes }, now);
			return said({ ...(await greeting(now)), sha256, ...held });
		} catch (thrown) {
			if (thrown instanceof RuleBroken) return refused(422, 'shape');
			// Not announced by an op of this person: the same answer as for what does not exist.
			if (thrown instanceof NotFound) return refused(404, 'shape');
			throw thrown;
		}
	});
}

const whole = (text: string | null): number | undefined =>
	text !== null && /^\d{1,8}$/.test(text) ? Number(text) : undefined;
