import * as z from 'zod/mini';
import { jstDay } from '#lib/calendar/day.ts';
import { reserveWaiting } from '#lib/equipment/allocations.server.ts';
import { reconcileForm } from '#lib/equipment/handover.ts';
import {
	handoversToReconcile,
	pickingOf,
	pickingTotals,
	waitingForGoods
} from '#lib/equipment/handoverReads.server.ts';
import { reconcile } from '#lib/equipment/handovers.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const served = event.url.searchParams.get('served') ?? '';
	return {
		picked: await pickingOf(db, actor),
		totals: await pickingTotals(db, actor),
		waits: await waitingForGoods(db, actor),
		unclear: await handoversToReconcile(db, actor),
		today: jstDay(new Date()),
		served: /^\d{1,6}$/.test(served) ? Number(served) : undefined
	};
};

export const actions = {
	reserve: form(
		z.object({}),
		async (tx, actor) => `/equipment/picking?served=${await reserveWaiting(tx, actor, new Date())}`
	),
	reconcile: form(reconcileForm, async (tx, actor, { handover, as }) => {
		await reconcile(tx, actor, handover, as, new Date());
		return '/equipment/picking';
	})
};
