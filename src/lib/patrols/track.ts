/**
 * The walked line (歩いた線). A phone's position jumps, and jitters while one stands still; both would inflate the kilometres,
 * so a fix counts only when it is sharp, plausible, and a real step. Pure.
 */
import { metresBetween } from '#lib/map/length.ts';
import type { Method } from './log.ts';

/** A position: `accuracy` in metres (68 %), `at` in milliseconds. */
export type Fix = { lat: number; lng: number; accuracy: number; at: number };

/** Worse than this says too little about where somebody is. */
export const worstAccuracy = 50;
/** Metres per second nobody exceeds by this method: faster is a jump of the receiver. */
const fastest: Record<Method, number> = { foot: 4, standing: 4, bicycle: 12, blueCar: 30 };
/** Shorter than this is jitter. */
const shortestStep = 8;

const point = (fix: Fix) => [fix.lat, fix.lng] as const;

/** Does this fix carry the line on? A wrong first fix heals: time passes, and the true place becomes plausible. */
export function counts(track: readonly Fix[], fix: Fix, method: Method): boolean {
	if (!Number.isFinite(fix.lat) || !Number.isFinite(fix.lng) || !(fix.accuracy <= worstAccuracy)) return false;
	const last = track.at(-1);
	if (!last) return true;
	const seconds = (fix.at - last.at) / 1000;
	if (seconds <= 0) return false;
	const metres = metresBetween(point(last), point(fix));
	return metres >= Math.max(shortestStep, fix.accuracy / 2) && metres / seconds <= fastest[method];
}

/** Length of the line in whole metres. */
export function walkedMetres(track: readonly Fix[]): number {
	let sum = 0;
	for (let i = 1; i < track.length; i++) sum += metresBetween(point(track[i - 1]!), point(track[i]!));
	return Math.round(sum);
}
