import { redirect } from '@sveltejs/kit';

/** The room opens at its first kind. */
export const load = () => redirect(303, '/outreach/event');
