import * as z from 'zod/mini';
import { confirmMailbox, forgetMailbox, mailboxOf, postTrial, setMailbox } from '#lib/people/mailboxes.server.ts';
import { codeForm, mailForm, pushForm, renewForm } from '#lib/people/message.ts';
import { openedWays } from '#lib/people/messages.server.ts';
import { addPush, pushesOf, pushHereOf, removePush, renewPush } from '#lib/people/pushes.server.ts';
import { db } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { form, refuse, requireActor } from '#lib/server/http/forms.ts';
import { readSession } from '#lib/server/http/session-cookie.ts';
import { getLocale } from '#lib/words/runtime.js';

export const load = async (event) => {
	const actor = requireActor(event);
	const { mail, push } = openedWays();
	return {
		mail,
		/** The key that a browser asks for before it lets us push; none where this server does not. */
		pushKey: push?.key ?? null,
		mailbox: (await mailboxOf(db, actor)) ?? null,
		pushes: await pushesOf(db, actor),
		/** The one of them that was set up on this sign-in. */
		pushHere: await pushHereOf(db, actor, readSession(event) ?? '')
	};
};

const now = () => new Date();

export const actions = {
	address: form(mailForm, async (tx, actor, { address }) => {
		await setMailbox(tx, actor, address, now(), getLocale());
		return '/notices/receiving';
	}),
	// Nothing is thrown for a wrong code: that it was tried must stay written down.
	confirm: form(codeForm, async (tx, actor, { code }) =>
		(await confirmMailbox(tx, actor, code, now()))
			? { done: 'confirmed' as const }
			: refuse({ code }, { code: sentence('error_notices_code') })
	),
	forget: form(z.object({}), async (tx, actor) => {
		await forgetMailbox(tx, actor);
		return { done: 'forgotten' as const };
	}),
	trial: form(z.object({}), async (tx, actor) => {
		await postTrial(tx, actor, now());
		return { done: 'trial' as const };
	}),
	addPush: form(pushForm, async (tx, actor, push, event) => {
		await addPush(tx, actor, readSession(event) ?? '', push, now(), getLocale());
		return { done: 'pushAdded' as const };
	}),
	/** Asked by the worker, or by this page in its place, when the browser has replaced its subscription by itself. */
	renewPush: form(renewForm, async (tx, actor, renewed, event) => {
		await renewPush(tx, actor, readSession(event) ?? '', renewed, now());
		return { done: 'pushAdded' as const };
	}),
	removePush: form(z.object({ id: z.string() }), async (tx, actor, { id }) => {
		await removePush(tx, actor, id);
		return { done: 'pushRemoved' as const };
	})
};
