/** A form whose answer shows what was typed: the boxes are not emptied, and the page is not asked for anew. */
import type { SubmitFunction } from '@sveltejs/kit';

export const keepTyped: SubmitFunction =
	() =>
	({ update }) =>
		update({ reset: false, invalidateAll: false });
