import { redirect, type Handle, type ServerInit } from '@sveltejs/kit';
import { paraglideMiddleware } from '#lib/words/server.js';
import { gates } from '#lib/people/gates.ts';
import { may } from '#lib/people/permissions.ts';
import { sessionCookie, actorOfSession } from '#lib/people/sessions.server.ts';
import { municipality } from '#lib/people/tables.server.ts';
import { connections, db, openDatabase } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { migrate, migrationsIn } from '#lib/server/db/migrate.ts';

export const init: ServerInit = async () => {
	openDatabase(process.env.DATABASE ?? 'data/mimamori.db');
	migrate(connections().writer, migrationsIn('drizzle'));
};

export const handle: Handle = async ({ event, resolve }) =>
	paraglideMiddleware(event.request, async ({ request, locale }) => {
		event.request = request;
		event.locals.request = newId();
		const [here] = await db.select().from(municipality).limit(1);
		event.locals.municipality = here && { id: here.id, name: here.name, demo: here.demo };
		event.locals.actor =
			here &&
			(await actorOfSession(
				db,
				here.id,
				event.cookies.get(sessionCookie(event.url.protocol === 'https:')),
				new Date()
			));
		const gate = event.route.id
			? gates[event.route.id]?.[event.request.method === 'GET' ? 'GET' : event.request.method]
			: 'public';
		if (!gate) return new Response('no gate', { status: 404 });
		if (gate !== 'public') {
			if (!event.locals.actor) redirect(303, `/login?next=${encodeURIComponent(event.url.pathname)}`);
			if (!may(event.locals.actor, gate)) return new Response('not found', { status: 404 });
		}
		return resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locale) });
	});
