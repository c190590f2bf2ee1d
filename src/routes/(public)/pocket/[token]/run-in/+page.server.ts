import { error, type RequestEvent } from '@sveltejs/kit';
import { opensRunIn, runInByLink } from '#lib/pockets/links.server.ts';
import { pocketNameOf } from '#lib/pockets/register.server.ts';
import { wholeRunInForm, readRunIn } from '#lib/pockets/runInForms.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import { byLink, own } from '../own.ts';

/** Nothing of the home stands here: the form looks the same for every host, with a network and without one. */
export const load = async (event) => {
	own(event);
	const find = async (here: string, token: string) => (await opensRunIn(db, here, token)) || undefined;
	const mine = await byLink(event, find).catch(answer);
	if (!mine) error(404, sentence('error_rounds_link_over'));
	return {
		programme: await pocketNameOf(db, mine.here.id),
		form: newId(),
		arrived: event.url.searchParams.get('arrived') !== null
	};
};

export const actions = {
	default: openForm(wholeRunInForm, async (sent, event: RequestEvent) => {
		const now = new Date();
		const read = readRunIn(sent, now);
		if ('errors' in read) {
			const [field, code] = Object.entries(read.errors)[0] ?? ['form', 'error_input'];
			throw new RuleBroken(code, field);
		}
		const tell = (here: string, token: string) =>
			transaction(async (tx) => {
				await runInByLink(tx, here, token, { id: sent.id, told: read.payload }, now);
				return true;
			}).catch((thrown: unknown) => {
				if (thrown instanceof RuleBroken) return undefined;
				throw thrown;
			});
		if (!(await byLink(event, tell))) throw new RuleBroken('error_rounds_link_over');
		return `${event.url.pathname}?arrived=${sent.id}`;
	})
};
