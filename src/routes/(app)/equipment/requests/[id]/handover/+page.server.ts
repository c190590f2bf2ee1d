import { jstDay } from '#lib/calendar/day.ts';
import { closeRest } from '#lib/equipment/allocations.server.ts';
import { handoverForm, reconcileForm, takeBackOfLine, undoForm, yearEndsIn } from '#lib/equipment/handover.ts';
import { findHandover, handOver, reconcile, takeBack, undoHandover } from '#lib/equipment/handovers.server.ts';
import { canMove, reasonForm } from '#lib/equipment/request.ts';
import { requestPage } from '#lib/equipment/requestReads.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { db, type Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { NotFound } from '#lib/server/errors.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

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
	hand: form(handoverForm, async (tx, actor, { lines, dueOn, ...sheet }, event) => {
		await handOver(tx, actor, here(event), { ...sheet, ...(dueOn && { dueOn }) }, lines, new Date());
		return back(event, sheet.id);
	}),
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
