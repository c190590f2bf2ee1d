/**
 * Many pins on a small map: what lies close together on the screen is one bunch with its number. Only what is in view is looked at,
 * in one pass over the points, so that fifty thousand are no more trouble than a thousand. Pure; no map library.
 */

/** Points on the square of Web Mercator, 0 to 1 from west to east and from north to south. */
export type Flat = { x: Float64Array; y: Float64Array };

const flatX = (lng: number) => lng / 360 + 0.5;
const flatY = (lat: number) => {
	const sine = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
	return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

export function flat(points: readonly { lat: number; lng: number }[]): Flat {
	const [x, y] = [new Float64Array(points.length), new Float64Array(points.length)];
	for (let n = 0; n < points.length; n++) {
		x[n] = flatX(points[n]!.lng);
		y[n] = flatY(points[n]!.lat);
	}
	return { x, y };
}

export type View = { west: number; east: number; north: number; south: number };
/** `members`: places in the list. The key is the same as long as the same points stand together at this zoom. */
export type Bunch = { key: string; members: number[] };

/** From here on only what stands on the very same spot is one bunch. */
export const NEAREST = 17;

/** Whatever shares a square of the screen. The squares lie on the world and not on the view: nothing jumps while the map is moved. */
export function bunchesIn({ x, y }: Flat, zoom: number, view: View, apart = false): Bunch[] {
	const pixels = 256 * 2 ** zoom;
	const square = (apart ? 0.001 : zoom >= NEAREST ? 4 : 76) / pixels;
	const [west, east] = [flatX(view.west), flatX(view.east)];
	const [north, south] = [flatY(view.north), flatY(view.south)];
	// Counted from the corner of the view: small numbers are quicker to find again.
	const [left, top] = [Math.floor(west / square), Math.floor(north / square)];
	const across = Math.floor(east / square) - left + 1;
	const bunches = new Map<number, Bunch>();
	for (let n = 0; n < x.length; n++) {
		const [px, py] = [x[n]!, y[n]!];
		if (px < west || px > east || py < north || py > south) continue;
		const cell = (Math.floor(py / square) - top) * across + Math.floor(px / square) - left;
		const found = bunches.get(cell);
		if (found) found.members.push(n);
		else bunches.set(cell, { key: '', members: [n] });
	}
	for (const [cell, bunch] of bunches) {
		const { members } = bunch;
		const [row, column] = [Math.floor(cell / across) + top, (cell % across) + left];
		bunch.key = `${zoom} ${row} ${column} ${members.length} ${members[0]} ${members.at(-1)}`;
	}
	return [...bunches.values()];
}
