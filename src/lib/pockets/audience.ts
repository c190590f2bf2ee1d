/**
 * Who gets what of a pocket. The one place where this is decided: pages, map data, pack and files go through it, and what an
 * audience may not see is absent from the answer. Pure.
 *
 * Source: the host's consent decides (個人情報保護法 第69条 提供の制限; DOMAIN of refuge homes). A private home is never named to the
 * public; where no point may be given, a home counts in the number of its 町丁目.
 */
import type { Consents } from './consent.ts';
import type { Hours } from './hours.ts';
import type { Kind } from './kinds.ts';

/** Anybody · people who watch in the school district · contacts of the school · clerks of the guidance office. */
export const audiences = ['public', 'district', 'school', 'office'] as const;
export type Audience = (typeof audiences)[number];

/** A registered pocket as the register knows it. */
export type Known = {
	id: string;
	number: number;
	kind: Kind;
	name: string;
	contact: string | null;
	town: string;
	address: string;
	phone: string | null;
	school: string;
	/** Null: not set on the map yet. */
	lat: number | null;
	lng: number | null;
	hours: Hours;
	closed: string | null;
	/** Confirmed in the year's round (継続確認), or too new to be asked. */
	confirmed: boolean;
	consents: Consents;
};

/** A pocket as an audience sees it: a point, with no more than it may know. */
export type Seen = {
	id: string;
	number: number;
	kind: Kind;
	school: string;
	town: string;
	lat: number;
	lng: number;
	hours: Hours;
	/** Words of the host on days when nobody is there; of shops and offices only, a home may tell of itself in them. */
	closed?: string;
	name?: string;
	contact?: string;
	address?: string;
	phone?: string;
	confirmed?: boolean;
};

/** Where no point may be shown, or none is known: how many there are in a 町丁目. */
export type Area = { town: string; count: number };

const isPrivate = (pocket: Known) => pocket.kind === 'home';

type Placed = Known & { lat: number; lng: number };
const isPlaced = (pocket: Known): pocket is Placed => pocket.lat !== null && pocket.lng !== null;

const point = ({ id, number, kind, school, town, lat, lng, hours }: Placed): Seen => ({
	id,
	number,
	kind,
	school,
	town,
	lat,
	lng,
	hours
});
/** Who has a sign over the door is known by it: name, and the days it is closed. */
const sign = (pocket: Known): Partial<Seen> =>
	isPrivate(pocket) ? {} : { name: pocket.name, ...(pocket.closed ? { closed: pocket.closed } : {}) };
const contact = ({ name, contact, phone, address }: Known): Partial<Seen> => ({
	name,
	address,
	...(contact ? { contact } : {}),
	...(phone ? { phone } : {})
});

/** A pocket as this audience sees it; undefined: only its number in the 町丁目. The audience's district is the read's to choose. */
export function seenBy(audience: Audience, pocket: Known): Seen | undefined {
	// A home whose place is not known is on no map; like one whose place may not be told, it counts in its town.
	if (!isPlaced(pocket)) return undefined;
	const { consents, confirmed } = pocket;
	if (audience === 'office')
		return { ...point(pocket), ...contact(pocket), ...(pocket.closed ? { closed: pocket.closed } : {}), confirmed };
	if (audience !== 'public' && consents.district) {
		const more = audience === 'school' && consents.contact ? contact(pocket) : {};
		return { ...point(pocket), ...(consents.public ? sign(pocket) : {}), ...more, confirmed };
	}
	return consents.public ? { ...point(pocket), ...sign(pocket) } : undefined;
}

/** Everything an audience gets of these pockets: points, and numbers for the rest, towns in the order of their names. */
export function viewOf(audience: Audience, pockets: readonly Known[]): { points: Seen[]; areas: Area[] } {
	const points: Seen[] = [];
	const hidden = new Map<string, number>();
	for (const pocket of pockets) {
		const seen = seenBy(audience, pocket);
		if (seen) points.push(seen);
		else hidden.set(pocket.town, (hidden.get(pocket.town) ?? 0) + 1);
	}
	const areas = [...hidden].map(([town, count]) => ({ town, count }));
	return { points, areas: areas.sort((a, b) => (a.town < b.town ? -1 : 1)) };
}
