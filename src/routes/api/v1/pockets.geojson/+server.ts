import { error } from '@sveltejs/kit';
import { publicMap } from '#lib/pockets/publicMap.server.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { sameAs } from './etag.ts';
import type { RequestHandler } from './$types.js';

/** The refuge homes anybody may see. The shape is promised in `../README.md`. */
export const GET: RequestHandler = async ({ locals, request }) => {
	const here = locals.municipality ?? error(404, sentence('error_not_found'));
	const { text, etag } = await publicMap(here.id);
	const headers = { etag, 'cache-control': 'no-cache' };
	if (sameAs(request.headers.get('if-none-match'), etag)) return new Response(null, { status: 304, headers });
	return new Response(text, { headers: { ...headers, 'content-type': 'application/geo+json' } });
};
