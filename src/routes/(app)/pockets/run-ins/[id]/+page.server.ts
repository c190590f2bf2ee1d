import { instantOf, jstDay } from '#lib/calendar/day.ts';
import { contacts } from '#lib/pockets/runIn.ts';
import { callForm, childForm, earlierCallForm, reviewForm } from '#lib/pockets/runInForms.ts';
import { runInPage } from '#lib/pockets/runInReads.server.ts';
import { addContact, closeRunIn, handChildOver } from '#lib/pockets/runIns.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { transaction } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

/** The most sensitive page of the house: the look is in the trail. */
export const load = async (event) => {
	const actor = requireActor(event);
	return {
		runIn: await transaction((tx) => runInPage(tx, actor, event.params.id)).catch(answer),
		/** One per button: pressed twice it is one call. */
		buttons: contacts.map((kind) => ({ kind, id: newId() })),
		earlier: newId(),
		today: jstDay(new Date())
	};
};

const here = (event: { params: Partial<Record<string, string>> }) => event.params.id ?? '';
const back = (event: { params: Partial<Record<string, string>> }) => `/pockets/run-ins/${here(event)}`;

export const actions = {
	call: form(callForm, async (tx, actor, { id, kind }, event) => {
		const now = new Date();
		await addContact(tx, actor, here(event), { id, kind, at: now }, now);
		return back(event);
	}),
	earlier: form(earlierCallForm, async (tx, actor, { id, kind, on, time }, event) => {
		await addContact(tx, actor, here(event), { id, kind, at: instantOf(on, time) }, new Date());
		return back(event);
	}),
	hand: form(childForm, async (tx, actor, { to, handedOn, handedTime }, event) => {
		await handChildOver(tx, actor, here(event), { to, at: instantOf(handedOn, handedTime) }, new Date());
		return back(event);
	}),
	close: form(reviewForm, async (tx, actor, { review }, event) => {
		await closeRunIn(tx, actor, here(event), review, new Date());
		return back(event);
	})
};
