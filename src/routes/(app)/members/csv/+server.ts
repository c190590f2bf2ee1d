import { membersOf } from '#lib/people/reads.server.ts';
import { can } from '#lib/people/permissions.ts';
import { toCsv } from '#lib/server/csv.ts';
import { transaction } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound } from '#lib/server/errors.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event);
	const of = event.url.searchParams.get('of') ?? '';
	try {
		const members = await transaction(async (tx) => {
			if (!can(actor, 'phone.see', { association: of })) throw new NotFound();
			const rows = await membersOf(tx, actor, of, new Date());
			await record(tx, actor, 'roster.export', 'association', of, { rows: rows.length });
			return rows;
		});
		const heads = [m.people_name(), m.people_kana(), m.people_duty(), m.people_phone(), m.people_joined_on()];
		const rows = members.map((one) => [one.name, one.kana, one.duty, one.phone ?? null, one.joinedOn]);
		return new Response(toCsv(heads, rows), {
			headers: {
				'content-type': 'text/csv; charset=utf-8',
				'content-disposition': 'attachment; filename="members.csv"'
			}
		});
	} catch (thrown) {
		return answer(thrown);
	}
};
