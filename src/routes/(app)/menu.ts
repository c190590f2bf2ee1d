/** Icon and word of each entry of the menu. */
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/messages.js';
import type { MenuKey } from './menu.server.ts';

export const menuLook: Record<MenuKey, { icon: IconName; word: () => string }> = {
	home: { icon: 'home', word: m.menu_home },
	shifts: { icon: 'calendar', word: m.menu_shifts },
	notices: { icon: 'bell', word: m.menu_notices },
	watches: { icon: 'list', word: m.menu_watches },
	record: { icon: 'walk', word: m.menu_record },
	patrols: { icon: 'note', word: m.menu_patrols },
	phones: { icon: 'send', word: m.menu_phones },
	findings: { icon: 'light', word: m.menu_findings },
	map: { icon: 'map', word: m.menu_map },
	members: { icon: 'people', word: m.menu_members },
	associations: { icon: 'building', word: m.menu_associations },
	runIns: { icon: 'flag', word: m.runin_title },
	outreach: { icon: 'flag', word: m.menu_outreach },
	reports: { icon: 'chart', word: m.menu_reports },
	requests: { icon: 'pencil', word: m.menu_requests },
	stock: { icon: 'box', word: m.menu_stock },
	pockets: { icon: 'home', word: m.menu_pockets },
	pocketsApply: { icon: 'plus', word: m.menu_pocketsApply },
	visits: { icon: 'home', word: m.menu_visits },
	vehicles: { icon: 'car', word: m.menu_vehicles },
	staff: { icon: 'person', word: m.menu_staff },
	settings: { icon: 'settings', word: m.menu_settings },
	calendar: { icon: 'download', word: m.menu_calendar },
	devices: { icon: 'device', word: m.menu_devices }
};
