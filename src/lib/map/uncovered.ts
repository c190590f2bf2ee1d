/** The parts of a line that lie farther than a distance from every one of some points. Pure; no map library. */
import { metresBetween, RADIUS, type Line, type Point } from './length.ts';

/** From and to in metres along the line. */
export type Part = { from: number; to: number };

const rad = (degrees: number) => (degrees * Math.PI) / 180;

/** Longer pieces of a line are cut: on a flat of this size no more than a centimetre is lost. */
const PIECE = 500;

/** A straight piece of a line, and how far along the line it begins. */
type Piece = { a: Point; b: Point; start: number; length: number };

const between = (a: Point, b: Point, share: number): Point => [
	a[0] + (b[0] - a[0]) * share,
	a[1] + (b[1] - a[1]) * share
];

function piecesOf(line: readonly Point[]): Piece[] {
	const pieces: Piece[] = [];
	let start = 0;
	for (let n = 1; n < line.length; n++) {
		const [from, to] = [line[n - 1]!, line[n]!];
		const cuts = Math.ceil(metresBetween(from, to) / PIECE);
		for (let k = 0; k < cuts; k++) {
			const [a, b] = [between(from, to, k / cuts), between(from, to, (k + 1) / cuts)];
			const length = metresBetween(a, b);
			pieces.push({ a, b, start, length });
			start += length;
		}
	}
	return pieces;
}

/** Metres east and north of a point, on the flat that touches the earth there. */
const flatAt =
	([lat, lng]: Point) =>
	(point: Point): [east: number, north: number] => [
		rad(point[1] - lng) * RADIUS * Math.cos(rad(lat)),
		rad(point[0] - lat) * RADIUS
	];

/** The parts of one piece within the distance of a point: where the line cuts the circles. */
function coveredOf({ a, b, start, length }: Piece, points: readonly Point[], metres: number): Part[] {
	const flat = flatAt(between(a, b, 0.5));
	const [[ax, ay], [bx, by]] = [flat(a), flat(b)];
	const [dx, dy] = [bx - ax, by - ay];
	const square = dx * dx + dy * dy;
	const covered: Part[] = [];
	for (const point of points) {
		const [px, py] = flat(point);
		if (Math.abs(py) > metres + length) continue;
		const foot = ((px - ax) * dx + (py - ay) * dy) / square;
		const aside = (px - ax - foot * dx) ** 2 + (py - ay - foot * dy) ** 2;
		if (aside > metres * metres) continue;
		const half = Math.sqrt((metres * metres - aside) / square);
		const [first, last] = [Math.max(0, foot - half), Math.min(1, foot + half)];
		if (first < last) covered.push({ from: start + first * length, to: start + last * length });
	}
	return covered;
}

/** What is left of a line of this length when the covered parts are taken out of it. */
function restOf(covered: readonly Part[], length: number): Part[] {
	const rest: Part[] = [];
	let reached = 0;
	for (const { from, to } of covered.toSorted((one, other) => one.from - other.from)) {
		if (from > reached) rest.push({ from: reached, to: from });
		reached = Math.max(reached, to);
	}
	if (length > reached) rest.push({ from: reached, to: length });
	return rest;
}

/** The parts farther than `metres` from every point, in the order one walks them; touching ones are one. In whatever order the points come, it is the same. */
export function uncovered(line: readonly Point[], points: readonly Point[], metres: number): Part[] {
	const pieces = piecesOf(line);
	const last = pieces.at(-1);
	if (!last) return [];
	return restOf(
		pieces.flatMap((piece) => coveredOf(piece, points, metres)),
		last.start + last.length
	);
}

/** Where one is after so many metres of a line; at its end when it is not that long. */
export function pointAt(line: readonly Point[], metres: number): Point | undefined {
	const pieces = piecesOf(line);
	const piece = pieces.find(({ start, length }) => metres <= start + length);
	if (!piece) return line.at(-1);
	return between(piece.a, piece.b, (metres - piece.start) / piece.length);
}

/** A part of a line as a line of its own, with the corners in between. */
export function partOf(line: readonly Point[], { from, to }: Part): Line {
	const corners = piecesOf(line).filter(({ start }) => start > from && start < to);
	const ends = [pointAt(line, from), pointAt(line, to)];
	return ends[0] && ends[1] ? [ends[0], ...corners.map(({ a }) => a), ends[1]] : [];
}

/** A box around a line with so many metres to each side: what lies outside of it is farther away than that. */
export function boxAround(line: readonly Point[], metres: number) {
	const lats = line.map(([lat]) => lat);
	const lngs = line.map(([, lng]) => lng);
	const high = (metres / RADIUS) * (180 / Math.PI) * 1.001;
	const [south, north] = [Math.min(...lats) - high, Math.max(...lats) + high];
	// Degrees of longitude are shortest where the box is farthest from the equator.
	const wide = high / Math.cos(rad(Math.max(Math.abs(south), Math.abs(north))));
	return { south, north, west: Math.min(...lngs) - wide, east: Math.max(...lngs) + wide };
}
export type Box = ReturnType<typeof boxAround>;

/** Does any part of the line lie within the distance of a point? */
export const isNear = (line: readonly Point[], point: Point, metres: number): boolean =>
	piecesOf(line).some((piece) => coveredOf(piece, [point], metres).length > 0);
