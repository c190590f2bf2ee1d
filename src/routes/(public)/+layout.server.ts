import { lookCookie, lookFrom } from '#lib/ui/look.ts';

export const load = ({ locals, cookies }) => ({
	look: lookFrom(cookies.get(lookCookie)),
	municipality: locals.municipality,
	signedIn: locals.actor !== undefined
});
