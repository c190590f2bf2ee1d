import type { RequestEvent } from '@sveltejs/kit';
import { jstDay } from '#lib/calendar/day.ts';
import { can } from '#lib/people/permissions.ts';
import { purposes, type Purpose } from '#lib/pockets/consent.ts';
import { setConsents } from '#lib/pockets/consents.server.ts';
import { agreedText } from '#lib/pockets/names.ts';
import { lookAt } from '#lib/pockets/onePocket.server.ts';
import { plateForm } from '#lib/pockets/plate.ts';
import { givePlate, takePlateBack } from '#lib/pockets/plates.server.ts';
import { onDay } from '#lib/pockets/pocket.ts';
import { end, explain, move, register, writeNote } from '#lib/pockets/pockets.server.ts';
import { schoolsOf } from '#lib/pockets/register.server.ts';
import { consentForm, endForm, moveForm, noteForm, plateBackForm, registerForm } from '#lib/pockets/steps.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const {
		phoneFold: _p,
		addressFold: _a,
		...pocket
	} = await transaction((tx) => lookAt(tx, actor, event.params.pocket)).catch(answer);
	return {
		pocket,
		schools: await schoolsOf(db, actor.municipality),
		mayEdit: can(actor, 'pocket.edit', { school: pocket.school }),
		today: jstDay(new Date())
	};
};

const here = (event: RequestEvent) => event.params.pocket ?? '';
const back = (event: RequestEvent) => `/pockets/${here(event)}`;
/** The words in which it is kept. */
const texts = () =>
	Object.fromEntries(purposes.map((purpose) => [purpose, agreedText(purpose)])) as Record<Purpose, string>;
const moving = (deed: 'pause' | 'resume' | 'decline') =>
	form(moveForm, async (tx, actor, input, event) => {
		await move(tx, actor, here(event), deed, input, new Date());
		return back(event);
	});

export const actions = {
	explain: form(onDay, async (tx, actor, { on }, event) => {
		await explain(tx, actor, here(event), on, new Date());
		return back(event);
	}),
	register: form(registerForm, async (tx, actor, { on, plate, number }, event) => {
		const now = new Date();
		const given = await register(tx, actor, here(event), on, now);
		if (plate !== 'later')
			await givePlate(tx, actor, here(event), { kind: plate, number: number ?? String(given), issuedOn: on }, now);
		return back(event);
	}),
	decline: moving('decline'),
	pause: moving('pause'),
	resume: moving('resume'),
	end: form(endForm, async (tx, actor, input, event) => {
		await end(tx, actor, here(event), input, new Date());
		return back(event);
	}),
	plate: form(plateForm, async (tx, actor, input, event) => {
		await givePlate(tx, actor, here(event), input, new Date());
		return back(event);
	}),
	plateBack: form(plateBackForm, async (tx, actor, input, event) => {
		await takePlateBack(tx, actor, here(event), input, new Date());
		return back(event);
	}),
	consents: form(consentForm, async (tx, actor, { on, agreed }, event) => {
		await setConsents(tx, actor, here(event), { agreed, texts: texts(), on }, new Date());
		return back(event);
	}),
	note: form(noteForm, async (tx, actor, { note }, event) => {
		await writeNote(tx, actor, here(event), note, new Date());
		return back(event);
	})
};
