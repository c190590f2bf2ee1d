import { error } from '@sveltejs/kit';
import { publicMap } from '#lib/pockets/publicMap.server.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { sameAs } from '../pockets.geojson/etag.ts';
import type { RequestHandler } from './$types.js';

/** The public map as 公共施設一覧. The columns are promised in `../README.md`. */
export const GET: RequestHandler = async ({ locals, request }) => {
	const here = locals.municipality ?? error(404, sentence('error_not_found'));
	const { csv } = await publicMap(here.id);
	const headers = { etag: csv.etag, 'cache-control': 'no-cache' };
	if (sameAs(request.headers.get('if-none-match'), csv.etag)) return new Response(null, { status: 304, headers });
	return new Response(csv.text, {
		headers: {
			...headers,
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="public_facility.csv"',
			'x-content-type-options': 'nosniff'
		}
	});
};
