import * as z from 'zod/mini';
import { foldCode, isCode } from '#lib/people/code.ts';
import { consentVersions } from '#lib/people/consent.ts';
import { claimInvitation, invitationOf } from '#lib/people/invitations.server.ts';
import { countTry, forgetTries } from '#lib/people/throttle.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { answer } from '#lib/server/http/answers.ts';
import { enter } from '#lib/server/http/enter.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import * as m from '#lib/words/messages.js';
import type { RequestEvent } from '@sveltejs/kit';
import type { Actions, PageServerLoad } from './$types';

/** Who invites whom. Looking is a guess like any other: it is counted, and forgotten when the code is a real one. */
async function look(event: RequestEvent) {
	const code = foldCode(event.params.code ?? '');
	const here = event.locals.municipality;
	if (!here || !isCode(code)) return undefined;
	const counted = { kind: 'code', key: event.getClientAddress() } as const;
	await countTry(counted).catch(answer);
	const found = await invitationOf(db, here.id, code, new Date());
	if (found) await forgetTries(counted);
	return found && { ...found, code, municipality: here };
}

export const load: PageServerLoad = async (event) => {
	const found = await look(event);
	const agent = event.request.headers.get('user-agent') ?? '';
	return {
		invitation: found && { name: found.name, association: found.association, leader: found.leader },
		town: event.locals.municipality?.name ?? '',
		signedIn: event.locals.actor?.name,
		// Inside LINE's own browser the sign-in would stay there, out of reach of the home screen.
		inLine: / Line\//.test(agent),
		outside: `${event.url.origin}${event.url.pathname}?openExternalBrowser=1`
	};
};

const joinForm = z.object({ agreed: z.optional(z.literal('on')) });

export const actions: Actions = {
	default: openForm(joinForm, async ({ agreed }, event) => {
		if (!agreed) throw new RuleBroken('error_consent', 'agreed');
		const found = await look(event);
		if (!found) throw new RuleBroken('error_code_over');
		const { id, name } = found.municipality;
		const text = m.people_consent_text({ association: found.association, town: name });
		await transaction(async (tx) => {
			const consent = { version: consentVersions.membership, text };
			const actor = await claimInvitation(tx, id, found.code, consent, new Date());
			await enter(tx, event, actor, 'code');
		});
		return '/welcome';
	})
};
