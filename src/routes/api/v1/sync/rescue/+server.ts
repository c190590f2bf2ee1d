import { RuleBroken } from '#lib/server/errors.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { handIn } from '#lib/sync/handIn.server.ts';
import { FILE_SIZE } from '#lib/sync/rescue.ts';
import { greeting } from '#lib/sync/self.server.ts';
import { awake } from '../handlers.ts';
import { bodyWithin, ifThereIsRoom, refused, said, unlessStoreFails } from '../http.ts';
import type { RequestEvent, RequestHandler } from './$types.js';

/** An emergency copy that its phone hands in by itself. */
export const POST: RequestHandler = (event) => ifThereIsRoom(() => take(event));

async function take(event: RequestEvent): Promise<Response> {
	const actor = requireActor(event);
	if (event.request.headers.get('x-mp-sync') !== '1') return refused(400, 'shape');
	const body = await bodyWithin(event.request, FILE_SIZE);
	if (!body) return refused(413, 'tooLarge');
	return unlessStoreFails(async () => {
		await awake();
		const now = new Date();
		try {
			const { taken, known, refused: conflicts } = await handIn(actor, body.toString('utf8'), now, sentence);
			return said({ ...(await greeting(now)), taken: taken + conflicts, known });
		} catch (thrown) {
			if (!(thrown instanceof RuleBroken)) throw thrown;
			return thrown.code === 'error_sync_rescue_person' ? refused(403, 'otherPerson') : refused(422, 'shape');
		}
	});
}
