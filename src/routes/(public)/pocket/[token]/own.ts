/** Whose link it is. Looking is a guess like any other: it is counted, and forgotten when the link is a real one. */
import type { RequestEvent } from '@sveltejs/kit';
import { countTry, forgetTries } from '#lib/people/throttle.server.ts';

/** What `find` gives for the link of this address; undefined when it opens nothing. */
export async function byLink<T>(
	event: RequestEvent,
	find: (municipality: string, token: string) => Promise<T | undefined>
): Promise<{ found: T; here: NonNullable<App.Locals['municipality']>; token: string } | undefined> {
	const here = event.locals.municipality;
	const token = event.params.token ?? '';
	if (!here || !/^[\w-]{22}$/.test(token)) return undefined;
	const counted = { kind: 'code', key: event.getClientAddress() } as const;
	await countTry(counted);
	const found = await find(here.id, token);
	if (found === undefined) return undefined;
	await forgetTries(counted);
	return { found, here, token };
}

/** A host's own page: stored nowhere, and in no search engine. */
export const own = (event: RequestEvent): void =>
	event.setHeaders({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex, nofollow' });
