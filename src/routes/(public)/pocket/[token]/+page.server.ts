import { error, type RequestEvent } from '@sveltejs/kit';
import * as z from 'zod/mini';
import { hostForm } from '#lib/pockets/confirmation.ts';
import { purposes } from '#lib/pockets/consent.ts';
import { answerByLink, hostView, opensRunIn, withdrawByLink } from '#lib/pockets/links.server.ts';
import { pocketNameOf } from '#lib/pockets/register.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import { byLink, own } from './own.ts';

/** After its 31 March the link still opens the form that a child ran in, and shows nothing of the home. */
export const load = async (event) => {
	own(event);
	const now = new Date();
	const find = async (here: string, token: string) =>
		(await hostView(db, here, token, now)) ?? ((await opensRunIn(db, here, token)) ? null : undefined);
	const mine = await byLink(event, find).catch(answer);
	if (!mine) error(404, sentence('error_rounds_link_over'));
	return {
		home: mine.found,
		programme: await pocketNameOf(db, mine.here.id),
		town: mine.here.name,
		form: newId()
	};
};

const theirs = async (event: RequestEvent, now: Date) => {
	const mine = await byLink(event, (here, token) => hostView(db, here, token, now));
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
