/** The public map as GeoJSON (RFC 7946), as it is documented in `src/routes/api/v1/README.md`. Pure. */
import type { Area, Seen } from './audience.ts';

export type PublicProperties = Pick<Seen, 'number' | 'kind' | 'town' | 'hours' | 'name' | 'closed'> & {
	/** The name of the school of the district. */
	school: string;
};
export type PublicFeature = {
	type: 'Feature';
	geometry: { type: 'Point'; coordinates: [lng: number, lat: number] };
	properties: PublicProperties;
};
export type PublicMap = {
	type: 'FeatureCollection';
	programme: string;
	attribution: string;
	terms: string;
	areas: Area[];
	features: PublicFeature[];
};

/** Every property is named here: a field that `audience.ts` learns some day does not get out by itself. */
const featureOf = ({ lat, lng, number, kind, town, hours, name, closed }: Seen, school: string): PublicFeature => ({
	type: 'Feature',
	geometry: { type: 'Point', coordinates: [lng, lat] },
	properties: {
		number,
		kind,
		...(name !== undefined && { name }),
		town,
		school,
		hours,
		...(closed !== undefined && { closed })
	}
});

/** What anybody gets: points with consent, numbers for the rest. `schools`: id → name. */
export const geojsonOf = (
	view: { points: readonly Seen[]; areas: readonly Area[] },
	schools: ReadonlyMap<string, string>,
	words: Pick<PublicMap, 'programme' | 'attribution' | 'terms'>
): PublicMap => ({
	type: 'FeatureCollection',
	...words,
	areas: view.areas.map(({ town, count }) => ({ town, count })),
	features: view.points.map((point) => featureOf(point, schools.get(point.school) ?? ''))
});
