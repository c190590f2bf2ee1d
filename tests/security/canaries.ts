/** Unmistakable refuge homes: one for every way a host may have agreed, in a district of one's own and in another. */
import { purposes, type Purpose } from '#lib/pockets/consent.ts';
import type { Kind } from '#lib/pockets/pocket.ts';

/** What the host agreed to, and what became of it. */
export const homes = {
	none: { kind: 'home', agreed: [] },
	district: { kind: 'home', agreed: ['district'] },
	contact: { kind: 'home', agreed: ['district', 'contact'] },
	opted: { kind: 'home', agreed: ['public', 'district'] },
	paused: { kind: 'home', agreed: purposes },
	withdrawn: { kind: 'home', agreed: purposes },
	ended: { kind: 'home', agreed: purposes },
	applied: { kind: 'home', agreed: purposes },
	quiet: { kind: 'shop', agreed: ['district'] },
	shop: { kind: 'shop', agreed: purposes }
} as const satisfies Record<string, { kind: Kind; agreed: readonly Purpose[] }>;
export type Home = keyof typeof homes;
export const homeNames = Object.keys(homes) as Home[];

/** Where the volunteer, the leader and the school of the tests watch, and where they do not. */
export const places = ['own', 'other'] as const;
export type Place = (typeof places)[number];

export const fields = ['name', 'contact', 'address', 'phone', 'closed', 'note', 'words', 'lat', 'lng'] as const;
export type Field = (typeof fields)[number];

/** What stands in a field, such that no other row of the town could say it. */
export function canary(home: Home, place: Place, field: Field): string {
	const n = `${places.indexOf(place) + 1}${homeNames.indexOf(home)}`;
	if (field === 'phone') return `080-5${n}7-3${n}9`;
	if (field === 'lat') return `35.9${n}739`;
	if (field === 'lng') return `139.9${n}391`;
	return `kanaria-${home}-${place}-${field}`;
}
