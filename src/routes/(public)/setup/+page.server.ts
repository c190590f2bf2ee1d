import { beginStep } from '#lib/people/entering.server.ts';
import { isGuessable } from '#lib/people/password.ts';
import { hashPassword } from '#lib/people/passwords.server.ts';
import { isSetupToken, setUp } from '#lib/people/setup.server.ts';
import { setupForm } from '#lib/people/setup.ts';
import { countTry } from '#lib/people/throttle.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { answer } from '#lib/server/http/answers.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import { keepStep } from '#lib/server/http/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ url }) => {
	const token = url.searchParams.get('token') ?? '';
	// Once there is an administrator this page does not exist any more.
	if (!token || !(await isSetupToken(db, token))) return answer(new NotFound());
	return { token };
};

export const actions: Actions = {
	default: openForm(setupForm, async ({ password, ...input }, event) => {
		await countTry({ kind: 'code', key: `setup:${event.getClientAddress()}` });
		if (!(await isSetupToken(db, input.token))) throw new RuleBroken('error_link_over');
		if (isGuessable(password, [input.city, input.name, input.loginId, input.safety, input.guidance]))
			throw new RuleBroken('error_password_guessable', 'password');
		const hash = await hashPassword(password);
		const now = new Date();
		const token = await transaction(async (tx) => beginStep(tx, await setUp(tx, input, hash, now), now));
		// An administrator is staff: the second factor comes before the first page.
		keepStep(event, token);
		return '/login/code?next=/settings';
	})
};
