import { itemForm } from '#lib/equipment/item.ts';
import { addItem } from '#lib/equipment/items.server.ts';
import { form } from '#lib/server/http/forms.ts';

export const actions = {
	default: form(itemForm, async (tx, actor, input) => `/equipment/items/${await addItem(tx, actor, input, new Date())}`)
};
