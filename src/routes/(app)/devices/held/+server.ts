import { heldAbout } from '#lib/people/held.server.ts';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import type { RequestHandler } from './$types';

/** What is held about me, as a file. */
export const GET: RequestHandler = async (event) => {
	const held = await heldAbout(db, requireActor(event));
	return new Response(JSON.stringify(held, null, 2), {
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'content-disposition': 'attachment; filename="mimamori-pocket.json"'
		}
	});
};
