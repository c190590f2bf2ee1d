/** In which language a request is answered: what the person chose (a cookie), else Japanese. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { RequestEvent } from '@sveltejs/kit';
import {
	baseLocale,
	cookieName,
	getServerAsyncLocalStorage,
	isLocale,
	overwriteServerAsyncLocalStorage,
	type Locale
} from '#lib/words/runtime.js';

/**
 * Runs `work` with the words of this request. Paraglide's own middleware would copy every request with its body and work out
 * redirects that a cookie never needs.
 */
export function speaking<T>(event: RequestEvent, work: (locale: Locale) => T): T {
	const chosen = event.cookies.get(cookieName);
	const locale = isLocale(chosen) ? chosen : baseLocale;
	let store = getServerAsyncLocalStorage();
	if (!store) overwriteServerAsyncLocalStorage((store = new AsyncLocalStorage()));
	return store!.run({ locale, origin: event.url.origin, messageCalls: new Set() }, () => work(locale)) as T;
}
