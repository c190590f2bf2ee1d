import { redirect } from '@sveltejs/kit';
import { changedLook, lookCookie, lookFrom, lookMaxAge, lookText } from '#lib/ui/look.ts';
import { cookieName, isLocale } from '#lib/words/runtime.js';

/** Where the person came from: a path of our own, never another site. */
const ownPath = (back: unknown) => (typeof back === 'string' && /^\/(?![/\\])/.test(back) ? back : '/look');

export const load = ({ url }) => ({ back: ownPath(url.searchParams.get('back')) });

export const actions = {
	default: async ({ request, cookies, url }) => {
		const typed = await request.formData();
		// The page itself must read them before it paints.
		const kept = { path: '/', maxAge: lookMaxAge, httpOnly: false, secure: url.protocol === 'https:' };
		const look = changedLook(lookFrom(cookies.get(lookCookie)), typed.get('size'), typed.get('theme'));
		cookies.set(lookCookie, lookText(look), kept);
		const language = typed.get('language');
		if (isLocale(language)) cookies.set(cookieName, language, kept);
		redirect(303, ownPath(typed.get('back')));
	}
};
