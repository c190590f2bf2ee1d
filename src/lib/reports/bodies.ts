/** The table of bodies, a page at a time: a city has hundreds of them. Pure. */

export const bodiesAPage = 50;

export type BodiesPage<Line> = {
	lines: Line[];
	/** First and last body shown, counted from 1, and how many there are. */
	from: number;
	to: number;
	count: number;
	previous: number | undefined;
	next: number | undefined;
};

/** The lines of the bodies on page `asked` (from 1), or of everybody for `all`. An unknown page is the first. Keeps the order. */
export function bodiesAt<Line extends { association: string }>(
	lines: readonly Line[],
	asked: string | null
): BodiesPage<Line> {
	const bodies = [...Map.groupBy(lines, (line) => line.association).values()];
	const count = bodies.length;
	if (asked === 'all' || count <= bodiesAPage)
		return { lines: bodies.flat(), from: 1, to: count, count, previous: undefined, next: undefined };
	const last = Math.ceil(count / bodiesAPage);
	const page = /^\d{1,4}$/.test(asked ?? '') ? Math.min(Math.max(Number(asked), 1), last) : 1;
	const start = (page - 1) * bodiesAPage;
	const shown = bodies.slice(start, start + bodiesAPage);
	return {
		lines: shown.flat(),
		from: start + 1,
		to: start + shown.length,
		count,
		previous: page > 1 ? page - 1 : undefined,
		next: page < last ? page + 1 : undefined
	};
}
