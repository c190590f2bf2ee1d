import * as z from 'zod/mini';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { openAssociations } from '#lib/people/reads.server.ts';
import { schoolsOf, sectionsOf } from '#lib/people/settings.server.ts';
import * as staff from '#lib/people/staff.server.ts';
import { disableForm, roleForm } from '#lib/people/staff.ts';
import { db } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const account = (await staff.accountsOf(db, actor, now)).find((one) => one.person === event.params.person);
	if (!account) return answer(new NotFound());
	const year = fiscalYearOf(jstDay(now));
	return {
		account,
		sections: (await sectionsOf(db, actor.municipality, year)).map(({ id, name }) => ({ id, name })),
		schools: await schoolsOf(db, actor.municipality),
		associations: await openAssociations(db, actor.municipality)
	};
};

const grantForm = z.object({ grant: z.string() });

export const actions: Actions = {
	give: form(roleForm, async (tx, actor, input, { params }) => {
		await staff.giveRole(tx, actor, params.person!, input, new Date());
		return { saved: true };
	}),
	extend: form(grantForm, async (tx, actor, { grant }) => {
		await staff.extendRole(tx, actor, grant, new Date());
		return { saved: true };
	}),
	take: form(grantForm, async (tx, actor, { grant }) => {
		await staff.endRole(tx, actor, grant, new Date());
		return { saved: true };
	}),
	link: form(z.object({ factor: z.optional(z.string()) }), async (tx, actor, { factor }, { params, url }) => {
		const token = await staff.makePasswordLink(tx, actor, params.person!, factor === 'on', new Date());
		return { link: `${url.origin}/password/${token}` };
	}),
	disable: form(disableForm, async (tx, actor, { reason }, { params }) => {
		await staff.disableAccount(tx, actor, params.person!, reason, new Date());
		return { saved: true };
	}),
	enable: form(z.object({}), async (tx, actor, _input, { params }) => {
		await staff.enableAccount(tx, actor, params.person!);
		return { saved: true };
	})
};
