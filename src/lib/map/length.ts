/** Points and lines on the earth, and how long they are. Pure; no map library. */

/** Latitude, longitude in WGS84 degrees. */
export type Point = readonly [lat: number, lng: number];
export type Line = Point[];

/** Mean radius of the earth (IUGG), metres. */
export const RADIUS = 6_371_008.8;
const rad = (degrees: number) => (degrees * Math.PI) / 180;

/** Great-circle distance of two points in metres (haversine: steady for short distances). */
export function metresBetween(a: Point, b: Point): number {
	const dLat = rad(b[0] - a[0]);
	const dLng = rad(b[1] - a[1]);
	const h = Math.sin(dLat / 2) ** 2 + Math.cos(rad(a[0])) * Math.cos(rad(b[0])) * Math.sin(dLng / 2) ** 2;
	return 2 * RADIUS * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** Length of a line in whole metres; 0 for fewer than two points. */
export function metresOf(line: readonly Point[]): number {
	let sum = 0;
	for (let i = 1; i < line.length; i++) sum += metresBetween(line[i - 1]!, line[i]!);
	return Math.round(sum);
}

/** Is this a place on earth? */
export const isPoint = ([lat, lng]: Point) =>
	Number.isFinite(lat) && Number.isFinite(lng) && Math.abs(lat) <= 90 && Math.abs(lng) <= 180;

/**
 * The points of a text with one "lat, lng" a line: the way to draw a route with the keyboard. Full-width digits are understood.
 * Empty text is no points; anything that is not a point makes it undefined.
 */
export function lineFromText(text: string): Line | undefined {
	const line: Line = [];
	for (const row of text.normalize('NFKC').split(/\r?\n/)) {
		if (!row.trim()) continue;
		const parts = row.trim().split(/[\s,、]+/);
		if (parts.length !== 2 || !parts.every((part) => /^-?\d{1,3}(\.\d+)?$/.test(part))) return undefined;
		const point: Point = [Number(parts[0]), Number(parts[1])];
		if (!isPoint(point)) return undefined;
		line.push(point);
	}
	return line;
}

/** The text of a line, six decimals (about 10 cm). */
export const textOfLine = (line: readonly Point[]) =>
	line.map(([lat, lng]) => `${lat.toFixed(6)}, ${lng.toFixed(6)}`).join('\n');

/** Kilometres with one decimal, as logs and sheets print them. */
export const kmOf = (metres: number) => (metres / 1000).toFixed(1);
