import { requireActor } from '#lib/server/http/forms.ts';
import { hashed } from '#lib/people/sessions.server.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { readSession } from '#lib/server/http/session-cookie.ts';
import { limits, pushSchema } from '#lib/sync/protocol.ts';
import { receive } from '#lib/sync/receive.server.ts';
import { awake } from '../handlers.ts';
import { ifThereIsRoom, refused, said, unlessStoreFails, unpackedWithin } from '../http.ts';
import type { RequestEvent, RequestHandler } from './$types.js';

export const POST: RequestHandler = (event) => ifThereIsRoom(() => push(event));

async function push(event: RequestEvent): Promise<Response> {
	const actor = requireActor(event);
	const { headers } = event.request;
	if (headers.get('x-mp-sync') !== '1' || !headers.get('content-type')?.startsWith('application/json'))
		return refused(400, 'shape');
	const body = await unpackedWithin(event.request, limits.push);
	if (!body) return refused(413, 'tooLarge');
	const sent = parsed(body);
	if (!sent) return refused(400, 'shape');
	return unlessStoreFails(async () => {
		await awake();
		const cookie = readSession(event);
		const answer = await receive(actor, sent, new Date(), sentence, cookie && hashed(cookie));
		return typeof answer === 'string' ? refused(403, answer) : said(answer);
	});
}

function parsed(body: Buffer) {
	try {
		const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
		return pushSchema.safeParse(JSON.parse(text)).data;
	} catch {
		return undefined;
	}
}
