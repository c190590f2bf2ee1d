import { requireActor } from '#lib/server/http/forms.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { limits, pushSchema } from '#lib/sync/protocol.ts';
import { receive } from '#lib/sync/receive.server.ts';
import { awake } from '../handlers.ts';
import { bodyWithin, refused, said, unlessStoreFails } from '../http.ts';
import type { RequestHandler } from './$types.js';

export const POST: RequestHandler = async (event) => {
	const actor = requireActor(event);
	const { headers } = event.request;
	if (headers.get('x-mp-sync') !== '1' || !headers.get('content-type')?.startsWith('application/json'))
		return refused(400, 'shape');
	const body = await bodyWithin(event.request, limits.push);
	if (!body) return refused(413, 'tooLarge');
	const push = parsed(body);
	if (!push) return refused(400, 'shape');
	return unlessStoreFails(async () => {
		await awake();
		const answer = await receive(actor, push, new Date(), sentence);
		return answer === 'otherPerson' ? refused(403, 'otherPerson') : said(answer);
	});
};

function parsed(body: Buffer) {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
		return pushSchema.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}
