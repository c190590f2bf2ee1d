import { redirect } from '@sveltejs/kit';
import { signOut } from '#lib/people/sessions.server.ts';
import { transaction } from '#lib/server/db/index.ts';
import { dropSession, readSession } from '#lib/server/http/session-cookie.ts';
import type { Actions } from './$types';

export const actions: Actions = {
	default: async (event) => {
		const cookie = readSession(event);
		if (cookie) await transaction((tx) => signOut(tx, cookie));
		dropSession(event);
		redirect(303, '/');
	}
};
