/**
 * Where the bars of a small chart stand. Widths are percents of the chart, heights are em of its letters: it grows with its box and with
 * the size of letters, and nothing is measured. The scale begins at zero, or at the lowest value where one lies below. Pure.
 */

/** Heights in em: room for the number above the highest bar and below the lowest, and of the bars themselves. */
const above = 1.5;
const below = 1.5;
/** What is there is seen, however small beside the others. */
const leastBar = 0.12;
/** Part of its column that a bar fills. */
const filled = 0.66;

export type Drawn = {
	/** Middle of the column. */
	middle: number;
	/** Base line of the number's letters. */
	words: number;
	/** None for a value that is missing. Of nought there is one, without height. */
	bar: { left: number; width: number; top: number; height: number } | undefined;
};
export type Chart = { columns: Drawn[]; zero: number; height: number };

const isThere = (value: number | undefined): value is number => value !== undefined && Number.isFinite(value);

/** A bar for each value, `plot` em high from the lowest value to the highest. A missing one leaves its column empty, which is not zero. */
export function chartOf(values: readonly (number | undefined)[], plot: number): Chart {
	const known = values.filter(isThere);
	const high = Math.max(0, ...known);
	const low = Math.min(0, ...known);
	const span = high - low || 1;
	const heightOf = (value: number) => (value === 0 ? 0 : Math.max((Math.abs(value) / span) * plot, leastBar));
	// Nothing but noughts lie on the ground.
	const zero = above + (low === high ? 1 : high / span) * plot;
	const column = 100 / Math.max(values.length, 1);
	return {
		columns: values.map((value, at) => {
			const middle = (at + 0.5) * column;
			if (!isThere(value)) return { middle, words: zero - 0.4, bar: undefined };
			const height = heightOf(value);
			const top = value < 0 ? zero : zero - height;
			return {
				middle,
				words: value < 0 ? top + height + 1.1 : top - 0.4,
				bar: { left: at * column + (column * (1 - filled)) / 2, width: column * filled, top, height }
			};
		}),
		zero,
		height: above + plot + (low < 0 ? below : 0)
	};
}

/** Roughly how many em a text is wide: letters of Japan are square, the others little more than half as wide. */
const emOf = (text: string) => [...text].reduce((sum, one) => sum + (one.charCodeAt(0) < 0x2e80 ? 0.62 : 1), 0);

/** Size of letters, in hundredths of the chart's width, at which the longest text keeps within its column. */
export function lettersOf(texts: readonly string[], columns: number): number {
	const widest = Math.max(1, ...texts.map(emOf));
	return Math.round((100 / Math.max(columns, 1) / widest) * 0.94 * 100) / 100;
}
