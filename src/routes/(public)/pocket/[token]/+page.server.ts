import { error, type RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { countTry, forgetTries } from '#lib/people/throttle.server.ts';
import { hostForm } from '#lib/pockets/confirmation.ts';
import { purposes } from '#lib/pockets/consent.ts';
import { answerByLink, hostView, withdrawByLink } from '#lib/pockets/links.server.ts';
import { pocketNameOf } from '#lib/pockets/register.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { openForm } from '#lib/server/http/open-form.ts';

/** Whose link it is. Looking is a guess like any other: it is counted, and forgotten when the link is a real one. */
async function look(event: RequestEvent, now: Date) {
	const here = event.locals.municipality;
	const token = event.params.token ?? '';
	if (!here || !/^[\w-]{22}$/.test(token)) return undefined;
	const counted = { kind: 'code', key: event.getClientAddress() } as const;
	await countTry(counted);
	const found = await hostView(db, here.id, token, now);
	if (found) await forgetTries(counted);
	return found && { found, here, token };
}

/** A host's own page: stored nowhere, and in no search engine. */
export const load = async (event) => {
	event.setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex, nofollow' });
	const mine = await look(event, new Date()).catch(answer);
	if (!mine) error(404, sentence('error_rounds_link_over'));
	return {
		home: mine.found,
		programme: await pocketNameOf(db, mine.here.id),
		town: mine.here.name,
		form: newId()
	};
};

const theirs = async (event: RequestEvent, now: Date) => {
	const mine = await look(event, now);
	if (!mine) throw new RuleBroken('error_rounds_link_over');
	return mine;
};

export const actions = {
	answer: openForm(hostForm, async (said, event) => {
		const now = new Date();
		const { here, token } = await theirs(event, now);
		await transaction((tx) => answerByLink(tx, here.id, token, said, now));
		return event.url.pathname;
	}),
	withdraw: openForm(z.object({ purpose: z.enum(purposes, 'error_choose') }), async ({ purpose }, event) => {
		const now = new Date();
		const { here, token } = await theirs(event, now);
		await transaction((tx) => withdrawByLink(tx, here.id, token, purpose, now));
		return event.url.pathname;
	})
};
