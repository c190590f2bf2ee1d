import { can } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { closedDayForm, idForm } from '#lib/watches/season.ts';
import { close, closedDaysToCome, reopen, schoolsToClose } from '#lib/watches/seasons.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const schools = await schoolsToClose(db, actor);
	const days = await closedDaysToCome(db, actor, new Date());
	const all = can(actor, 'closedDay.edit', {});
	return {
		schools,
		all,
		days: days.map((one) => ({ ...one, mine: one.school ? schools.some((school) => school.id === one.school) : all })),
		added: event.url.searchParams.get('added')
	};
};

export const actions = {
	close: form(closedDayForm, async (tx, actor, input) => {
		const added = await close(tx, actor, input, new Date());
		return `/watches/closed-days?added=${added}`;
	}),
	reopen: form(idForm, async (tx, actor, { id }) => {
		await reopen(tx, actor, id, new Date());
		return '/watches/closed-days';
	})
};
