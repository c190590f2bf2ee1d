import { fiscalYearAt, fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { memberForm } from '#lib/people/member.ts';
import { addMember } from '#lib/people/members.server.ts';
import { offersTo } from '#lib/people/handovers.server.ts';
import { can, may, type Actor } from '#lib/people/permissions.ts';
import { membersOf, pastMembersOf, rosters } from '#lib/people/reads.server.ts';
import { db } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

/** The year whose certificates the actor may issue: the one that runs, or for whose role has ended the one before. */
const certifiedYear = (actor: Actor, association: string, now: Date) =>
	[fiscalYearAt(now), fiscalYearAt(now) - 1].find((year) =>
		can(actor, 'certificate.issue', { association, on: fiscalYearEnd(year) })
	);

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const bodies = await rosters(db, actor);
	const wanted = event.url.searchParams.get('of');
	const of = wanted ? bodies.find((one) => one.id === wanted) : bodies[0];
	if (!of) {
		if (wanted) answer(new NotFound());
		return { bodies, of: undefined, members: [], past: [], rights: undefined, offers: await offersTo(db, actor) };
	}
	const target = { association: of.id };
	const rights = {
		edit: can(actor, 'roster.edit', target),
		phones: can(actor, 'phone.see', target),
		invite: can(actor, 'invite.make', target),
		certifies: certifiedYear(actor, of.id, now),
		handOver:
			may(actor, 'role.handOver') && actor.grants.some((one) => one.association === of.id && /eader/.test(one.role))
	};
	return {
		bodies,
		of,
		rights,
		members: await membersOf(db, actor, of.id, now),
		past: rights.edit ? await pastMembersOf(db, actor, of.id) : [],
		offers: await offersTo(db, actor)
	};
};

export const actions: Actions = {
	add: form(memberForm, async (tx, actor, input, { url }) => {
		const of = url.searchParams.get('of') ?? (await rosters(tx, actor))[0]?.id;
		await addMember(tx, actor, of ?? '', input, new Date());
		return { added: input.name };
	})
};
