import { redirect } from '@sveltejs/kit';
import { jstDay } from '#lib/calendar/day.ts';
import { closeRest } from '#lib/equipment/allocations.server.ts';
import { handoverForm, reconcileForm, takeBackOfLine, undoForm, yearEndsIn } from '#lib/equipment/handover.ts';
import { findHandover, handOver, reconcile, takeBack, undoHandover } from '#lib/equipment/handovers.server.ts';
import { askedIn, canMove, reasonForm } from '#lib/equipment/request.ts';
import { requestPage } from '#lib/equipment/requestReads.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction, type Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { answer, sentence } from '#lib/server/http/answers.ts';
import { fieldErrors, form, refuse, requireActor, typed } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const request = await requestPage(db, actor, event.params.id).catch(answer);
	const today = jstDay(new Date());
	return {
		request,
		today,
		yearEndsIn: yearEndsIn(today),
		open: request.state === 'approved',
		mayClose: canMove('close', request.state),
		did: event.url.searchParams.get('did'),
		/** The forms' own ids: each sent twice makes one thing. */
		ids: { hand: newId(), back: Object.fromEntries(request.handovers.map((one) => [one.id, newId()])) }
	};
};

type Here = { params: Partial<Record<string, string>> };
const here = (event: Here) => event.params.id ?? '';
const back = (event: Here, handover?: string) =>
	`/equipment/requests/${here(event)}/handover${handover ? `?did=${handover}#h-${handover}` : ''}`;

/** Of the request in the address and of no other. */
async function ofThis(tx: Tx, actor: Actor, event: Here, handover: string): Promise<string> {
	const found = await findHandover(tx, actor, handover);
	if (found.request !== here(event)) throw new NotFound('handover');
	return found.id;
}

export const actions = {
	hand: async (event) => {
		const actor = requireActor(event);
		const values = typed(await event.request.formData());
		const sheet = handoverForm.safeParse(values);
		const { lines, errors } = askedIn(values);
		const wrong = {
			...(sheet.success ? {} : fieldErrors(sheet.error.issues)),
			...Object.fromEntries(Object.entries(errors).map(([box, code]) => [box, sentence(code)]))
		};
		if (!sheet.success || Object.keys(wrong).length > 0) return refuse(values, wrong);
		const { id, on, receivedBy, signature, dueOn } = sheet.data;
		const form = { id, on, receivedBy, signature, ...(dueOn && { dueOn }) };
		const done = await transaction((tx) => handOver(tx, actor, here(event), form, lines, new Date())).catch(
			(thrown: unknown) => {
				if (thrown instanceof RuleBroken)
					return refuse(values, { [thrown.field ?? 'form']: sentence(thrown.code, thrown.params) });
				return answer(thrown);
			}
		);
		if (typeof done !== 'string') return done;
		redirect(303, back(event, id));
	},
	undo: form(undoForm, async (tx, actor, { handover, reason }, event) => {
		await undoHandover(tx, actor, await ofThis(tx, actor, event, handover), reason, new Date());
		return back(event, handover);
	}),
	takeBack: form(takeBackOfLine, async (tx, actor, input, event) => {
		await ofThis(tx, actor, event, input.handover);
		await takeBack(tx, actor, input, new Date());
		return back(event, input.handover);
	}),
	reconcile: form(reconcileForm, async (tx, actor, { handover, as }, event) => {
		await reconcile(tx, actor, await ofThis(tx, actor, event, handover), as, new Date());
		return back(event, handover);
	}),
	close: form(reasonForm, async (tx, actor, { reason }, event) => {
		await closeRest(tx, actor, here(event), reason, new Date());
		return `/equipment/requests/${here(event)}`;
	})
};
