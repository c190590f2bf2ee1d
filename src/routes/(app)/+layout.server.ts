import { isStaff } from '#lib/people/permissions.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { lookCookie, lookFrom } from '#lib/ui/look.ts';
import { barOf, menuOf } from './menu.server.ts';

export const load = (event) => {
	const actor = requireActor(event);
	return {
		who: { name: actor.name },
		staff: isStaff(actor),
		menu: menuOf(actor),
		bar: barOf(actor),
		look: lookFrom(event.cookies.get(lookCookie)),
		municipality: event.locals.municipality
	};
};
