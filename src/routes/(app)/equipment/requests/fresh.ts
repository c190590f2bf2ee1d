/** For `use:enhance`: what was refused brings the page up to date below what was typed, so that the next press is about what is there. */
import { invalidateAll } from '$app/navigation';
import type { SubmitFunction } from '@sveltejs/kit';

export const fresh: SubmitFunction =
	() =>
	async ({ result, update }) => {
		await update();
		if (result.type === 'failure') await invalidateAll();
	};
