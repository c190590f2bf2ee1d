/** From here to there: in which direction, and how far in words. Pure. */
import { metresBetween, type Point } from './length.ts';

/** Eight directions, clockwise from north. */
export const directions = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const;
export type Direction = (typeof directions)[number];

const rad = (degrees: number) => (degrees * Math.PI) / 180;

/** The direction in which one sets out from a to reach b, as one of eight. */
export function directionOf(a: Point, b: Point): Direction {
	const [from, to, turn] = [rad(a[0]), rad(b[0]), rad(b[1] - a[1])];
	const east = Math.sin(turn) * Math.cos(to);
	const north = Math.cos(from) * Math.sin(to) - Math.sin(from) * Math.cos(to) * Math.cos(turn);
	const eighths = Math.round((Math.atan2(east, north) / (2 * Math.PI)) * 8);
	return directions[(eighths + 8) % 8]!;
}

/** `350 m`, `1.2 km`: no more exact than a phone knows where it is. */
export function farWords(metres: number): string {
	const tens = Math.round(metres / 10) * 10;
	return tens < 1_000 ? `${tens} m` : `${(metres / 1_000).toFixed(1)} km`;
}

export type Away<T> = { thing: T; metres: number; direction: Direction };

/** The things with how far they are, the nearest first. */
export const byDistance = <T extends { lat: number; lng: number }>(here: Point, things: readonly T[]): Away<T>[] =>
	things
		.map((thing) => {
			const there: Point = [thing.lat, thing.lng];
			return { thing, metres: metresBetween(here, there), direction: directionOf(here, there) };
		})
		.sort((a, b) => a.metres - b.metres);
