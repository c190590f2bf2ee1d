import * as z from 'zod/mini';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { accountOfPerson, hashNewPassword, setPassword } from '#lib/people/accounts.server.ts';
import { passwordChange } from '#lib/people/account.ts';
import { withdrawConsent } from '#lib/people/consents.server.ts';
import { heldAbout } from '#lib/people/held.server.ts';
import { leave } from '#lib/people/members.server.ts';
import { rightPassword } from '#lib/people/passwords.server.ts';
import { devicesOf, removeDevice, renewSession } from '#lib/people/sessions.server.ts';
import { countTry, forgetTries } from '#lib/people/throttle.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import { dropSession, keepSession, readSession } from '#lib/server/http/session-cookie.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event);
	return {
		devices: await devicesOf(db, actor, readSession(event), new Date()),
		held: await heldAbout(db, actor),
		year: String(fiscalYearAt(new Date()))
	};
};

const one = z.object({ id: z.string() });

export const actions: Actions = {
	remove: form(one, async (tx, actor, { id }, event) => {
		const here = (await devicesOf(tx, actor, readSession(event), new Date())).find((device) => device.id === id)?.here;
		if (!(await removeDevice(tx, actor, id))) throw new NotFound();
		if (!here) return { removed: true };
		dropSession(event);
		return '/';
	}),
	password: openForm(passwordChange, async ({ current, password }, event) => {
		const actor = requireActor(event);
		const mine = await accountOfPerson(db, actor.person);
		const counted = { kind: 'account', key: `change:${actor.person}` } as const;
		await countTry(counted);
		if (!mine || !(await rightPassword(mine.password, current))) throw new RuleBroken('error_current', 'current');
		await forgetTries(counted);
		const hash = await hashNewPassword(db, actor.municipality, actor.person, password);
		const cookie = readSession(event)!;
		const renewed = await transaction(async (tx) => {
			await setPassword(tx, actor, hash, new Date(), cookie);
			return renewSession(tx, actor, cookie);
		});
		if (renewed) keepSession(event, renewed, actor);
		return { changed: true };
	}),
	withdraw: form(one, async (tx, actor, { id }) => {
		await withdrawConsent(tx, actor, id, new Date());
		return { withdrawn: true };
	}),
	leave: form(one, async (tx, actor, { id }) => {
		await leave(tx, actor, id, new Date());
		return { left: true };
	})
};
