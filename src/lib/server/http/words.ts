/** In which language a request is answered: what the person chose (a cookie), else Japanese. And what leaves the house without one. */
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
	return speakingIn(locale, () => work(locale), event.url.origin);
}

/** Runs `work` with the words of a language, where there is no request to ask: what is mailed or pushed. */
export function speakingIn<T>(locale: Locale, work: () => T, origin = ''): T {
	let store = getServerAsyncLocalStorage();
	if (!store) overwriteServerAsyncLocalStorage((store = new AsyncLocalStorage()));
	return store!.run({ locale, origin, messageCalls: new Set() }, work) as T;
}
