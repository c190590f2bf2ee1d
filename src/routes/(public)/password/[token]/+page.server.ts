import * as z from 'zod/mini';
import { hashNewPassword } from '#lib/people/accounts.server.ts';
import { newPassword } from '#lib/people/password.ts';
import { passwordLinkOf, usePasswordLink } from '#lib/people/staff.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { answer } from '#lib/server/http/answers.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

const linkOf = async ({ locals, params }: RequestEvent) =>
	locals.municipality && (await passwordLinkOf(db, locals.municipality.id, params.token ?? '', new Date()));

export const load: PageServerLoad = async (event) => {
	const found = await linkOf(event);
	if (!found) return answer(new NotFound());
	return { name: found.name, loginId: found.loginId };
};

export const actions: Actions = {
	default: openForm(z.object({ password: newPassword() }), async ({ password }, event) => {
		const found = await linkOf(event);
		if (!found) throw new RuleBroken('error_link_over');
		const of = event.locals.municipality!.id;
		const hash = await hashNewPassword(db, of, found.person, password);
		await transaction((tx) => usePasswordLink(tx, of, event.params.token!, hash, new Date()));
		return '/login';
	})
};
