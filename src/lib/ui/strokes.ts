/** What a finger draws, as the text of an SVG path in a box of 300 × 100: `M1 2L3 4`. Pure. */
export const BOX = { width: 300, height: 100 } as const;
/** No longer than this is kept; what is drawn beyond it is left out, so that a scribble can still be sent. */
const LONGEST = 8000;
/** Points nearer than this to the one before say nothing. */
const NEAR = 2;

export type Point = { x: number; y: number };

const inside = (value: number, most: number) => Math.min(most, Math.max(0, Math.round(value)));
const at = ({ x, y }: Point) => `${inside(x, BOX.width)} ${inside(y, BOX.height)}`;

/** A finger comes down. A tap alone leaves a dot. */
export function begin(path: string, point: Point): string {
	const added = `${path}M${at(point)}L${at(point)}`;
	return added.length > LONGEST ? path : added;
}

/** The finger moves on. */
export function draw(path: string, last: Point, point: Point): { path: string; last: Point } {
	if (Math.hypot(point.x - last.x, point.y - last.y) < NEAR) return { path, last };
	const added = `${path}L${at(point)}`;
	return added.length > LONGEST ? { path, last } : { path: added, last: point };
}
