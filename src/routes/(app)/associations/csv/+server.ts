import { exportAssociations } from '#lib/people/association-import.server.ts';
import { toCsv } from '#lib/server/csv.ts';
import { transaction } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event);
	const { heads, rows } = await transaction((tx) => exportAssociations(tx, actor)).catch(answer);
	return new Response(toCsv(heads, rows as (string | number | null)[][]), {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': 'attachment; filename="associations.csv"'
		}
	});
};
