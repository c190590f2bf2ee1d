/** What stands in the menu. A page is in it when it exists and its own gate lets this person in: nothing to keep in step by hand. */
import { gates } from '#lib/people/gates.ts';
import { isStaff, may, type Action, type Actor } from '#lib/people/permissions.ts';

/** In the order people need them. `action` where the page itself is open to all and the deed is not; `unless` who does it elsewhere. */
const entries = [
	{ key: 'home', route: '/(app)/home', href: '/home' },
	{ key: 'shifts', route: '/(app)/shifts', href: '/shifts' },
	{ key: 'record', route: '/(field)/patrol', href: '/patrol', action: 'patrol.record' },
	{ key: 'notices', route: '/(app)/notices', href: '/notices' },
	{ key: 'watches', route: '/(app)/watches', href: '/watches' },
	{ key: 'patrols', route: '/(app)/patrols', href: '/patrols' },
	{ key: 'phones', route: '/(app)/phones', href: '/phones' },
	{ key: 'findings', route: '/(app)/findings', href: '/findings' },
	{ key: 'map', route: '/(app)/pockets/map', href: '/pockets/map' },
	{ key: 'members', route: '/(app)/members', href: '/members' },
	{ key: 'associations', route: '/(app)/associations', href: '/associations' },
	{ key: 'requests', route: '/(app)/equipment/requests', href: '/equipment/requests' },
	{ key: 'stock', route: '/(app)/equipment/stock', href: '/equipment/stock' },
	{ key: 'pockets', route: '/(app)/pockets', href: '/pockets' },
	// The office writes applications down in its register.
	{ key: 'pocketsApply', route: '/(app)/pockets/apply', href: '/pockets/apply', unless: 'pocket.edit' },
	{ key: 'runIns', route: '/(app)/pockets/run-ins', href: '/pockets/run-ins' },
	{ key: 'visits', route: '/(app)/pockets/visits', href: '/pockets/visits' },
	{ key: 'outreach', route: '/(app)/outreach', href: '/outreach', action: 'outreach.edit' },
	{ key: 'reports', route: '/(app)/reports', href: '/reports' },
	{ key: 'vehicles', route: '/(app)/vehicles', href: '/vehicles' },
	{ key: 'staff', route: '/(app)/staff', href: '/staff' },
	{ key: 'settings', route: '/(app)/settings', href: '/settings' },
	{ key: 'calendar', route: '/(app)/calendar', href: '/calendar' },
	{ key: 'devices', route: '/(app)/devices', href: '/devices' }
] as const satisfies readonly { key: string; route: string; href: string; action?: Action; unless?: Action }[];

export type MenuKey = (typeof entries)[number]['key'];
export type MenuEntry = { key: MenuKey; href: string };

/** The pages this person may open. */
export function menuOf(actor: Actor): MenuEntry[] {
	return entries
		.filter((entry) => {
			const gate = gates[entry.route]?.GET;
			if (!gate || ('unless' in entry && may(actor, entry.unless))) return false;
			const action: Action | 'public' = 'action' in entry ? entry.action : gate;
			return action === 'public' || may(actor, action);
		})
		.map(({ key, href }) => ({ key, href }));
}

/** What people press most, by what they are here for. */
const often: Record<'walker' | 'leader' | 'staff', readonly MenuKey[]> = {
	walker: ['record', 'shifts', 'map', 'notices', 'members', 'findings', 'patrols', 'watches'],
	leader: ['record', 'shifts', 'watches', 'patrols', 'map', 'requests', 'members', 'notices', 'reports'],
	staff: [
		'patrols',
		'findings',
		'requests',
		'pockets',
		'map',
		'runIns',
		'watches',
		'reports',
		'stock',
		'vehicles',
		'associations',
		'members',
		'settings',
		'staff',
		'notices'
	]
};

/** At most six of the menu as large tiles on the home page. */
export function tilesOf(actor: Actor): MenuEntry[] {
	const menu = menuOf(actor);
	const order = often[isStaff(actor) ? 'staff' : may(actor, 'shift.edit') ? 'leader' : 'walker'];
	return order.flatMap((key) => menu.find((one) => one.key === key) ?? []).slice(0, 6);
}

/** The three entries of the bar at the bottom of a phone, beside the menu itself. */
export function barOf(actor: Actor): MenuEntry[] {
	const [home, ...others] = menuOf(actor);
	const order = isStaff(actor) ? often.staff : (['shifts', 'record'] as const);
	const chosen = order.flatMap((key) => others.find((one) => one.key === key) ?? []);
	return [...(home ? [home] : []), ...(chosen.length > 1 ? chosen : others).slice(0, 2)];
}
