/** The line as it is kept: thinned to what the eye sees on a map (about 4 m), without times or accuracies. Loaded only when there is one. */
import { simplify } from '@turf/simplify';
import type { Fix } from './track.ts';

/** Degrees; 0.00004° is about 4 m. */
const tolerance = 0.00004;

/** GeoJSON of the walked line, five decimals (1 m); undefined when nobody walked. */
export function walkedLine(track: readonly Fix[]): string | undefined {
	if (track.length < 2) return undefined;
	const coordinates = track.map((fix) => [fix.lng, fix.lat]);
	const thinned = simplify({ type: 'LineString', coordinates }, { tolerance, highQuality: true });
	const rounded = thinned.coordinates.map((at) => at.map((degrees) => Math.round(degrees * 1e5) / 1e5));
	return JSON.stringify({ type: 'LineString', coordinates: rounded });
}
