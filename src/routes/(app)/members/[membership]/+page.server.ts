import { toDataURL } from 'qrcode';
import * as z from 'zod/mini';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { makeInvitation, revokeInvitation } from '#lib/people/invitations.server.ts';
import { leaveForm, memberForm } from '#lib/people/member.ts';
import { editMember, endMembership } from '#lib/people/members.server.ts';
import { can } from '#lib/people/permissions.ts';
import { memberOf } from '#lib/people/reads.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => {
	const actor = requireActor(event);
	const member = await memberOf(db, actor, event.params.membership, new Date()).catch(answer);
	return {
		member,
		origin: event.url.origin,
		year: String(fiscalYearAt(new Date())),
		certifies: can(actor, 'certificate.issue', { association: member.association })
	};
};

const nothing = z.object({});

export const actions: Actions = {
	edit: form(memberForm, async (tx, actor, input, { params }) => {
		await editMember(tx, actor, params.membership!, input);
		return { saved: true };
	}),
	end: form(leaveForm, async (tx, actor, { reason }, { params }) => {
		const of = await endMembership(tx, actor, params.membership!, reason, new Date());
		return `/members?of=${of}`;
	}),
	/** The code is in this answer and nowhere else: leaving the page loses it, and a new one is made. */
	invite: form(nothing, async (tx, actor, _input, { params, url }) => {
		const made = await makeInvitation(tx, actor, params.membership!, new Date());
		const qr = await toDataURL(`${url.origin}/join/${made.code}`, { margin: 2, scale: 8, errorCorrectionLevel: 'M' });
		return { code: made.code, qr, until: made.expiresAt };
	}),
	revoke: form(nothing, async (tx, actor, _input, { params }) => {
		await revokeInvitation(tx, actor, params.membership!, new Date());
		return { revoked: true };
	})
};
