import * as z from 'zod/mini';
import { jstDay } from '#lib/calendar/day.ts';
import { itemForm } from '#lib/equipment/item.ts';
import { changeItem, closeItem, reopenItem } from '#lib/equipment/items.server.ts';
import { movementForm, reversalForm } from '#lib/equipment/movement.ts';
import { ledgerOf, storeItem } from '#lib/equipment/reads.server.ts';
import { enterMovement, reverse } from '#lib/equipment/stock.server.ts';
import { may } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const { id } = event.params;
	const before = /^\d{1,15}$/.test(event.url.searchParams.get('before') ?? '')
		? Number(event.url.searchParams.get('before'))
		: undefined;
	return {
		item: await storeItem(db, actor, id).catch(answer),
		ledger: await ledgerOf(db, actor, { item: id }, before),
		did: /^\d{1,15}$/.exec(event.url.searchParams.get('did') ?? '')?.[0],
		mayEdit: may(actor, 'stock.edit'),
		today: jstDay(new Date())
	};
};

const nothing = z.object({});
const here = (event: { params: Partial<Record<string, string>> }) => event.params.id ?? '';
const back = (event: { params: Partial<Record<string, string>> }, line: number) =>
	`/equipment/items/${here(event)}?did=${line}#line-${line}`;

export const actions = {
	move: form(movementForm, async (tx, actor, input, event) =>
		back(event, await enterMovement(tx, actor, here(event), input, new Date()))
	),
	reverse: form(reversalForm, async (tx, actor, input, event) =>
		back(event, await reverse(tx, actor, here(event), input, new Date()))
	),
	change: form(itemForm, async (tx, actor, input, event) => {
		await changeItem(tx, actor, here(event), input);
		return `/equipment/items/${here(event)}`;
	}),
	close: form(nothing, async (tx, actor, _, event) => {
		await closeItem(tx, actor, here(event), new Date());
		return `/equipment/items/${here(event)}`;
	}),
	reopen: form(nothing, async (tx, actor, _, event) => {
		await reopenItem(tx, actor, here(event));
		return `/equipment/items/${here(event)}`;
	})
};
