/**
 * A printed line of the table, as the settings hold it: 「防犯資機材支給 {equipmentBodies}団体/支給資機材 {equipmentPieces}個」. Figures stand in
 * braces; a line without any may hang on one all the same (`hangsOn`). Pure.
 */
import { isNothing, printedValue, type Values } from './metric.ts';

/** A piece of a printed line: plain words, or a figure that leads to its rows. `recounted`: ※, it was first published otherwise. */
export type Part = { text: string; metric?: string; recounted?: true };

const braces = /\{(\w+)\}/;

/** The figures a line names, in its order. */
export const figuresIn = (words: string): string[] => words.split(braces).filter((_, at) => at % 2 === 1);

type Problem = { code: 'error_line_braces' } | { code: 'error_line_metric'; name: string };
/** What is wrong with the words of a line, or undefined: a brace without its other half, or a figure that nobody knows. */
export function problemIn(words: string, known: (metric: string) => boolean): Problem | undefined {
	if (/[{}]/.test(words.replace(/\{[^{}]+\}/g, ''))) return { code: 'error_line_braces' };
	const unknown = [...words.matchAll(/\{([^{}]+)\}/g)].map((found) => found[1]!).find((name) => !known(name));
	return unknown === undefined ? undefined : { code: 'error_line_metric', name: unknown };
}

/** The figures a line needs to be printed: those it names, or the one it hangs on. */
export const metricsOf = ({ words, hangsOn }: { words: string; hangsOn: string | null }): string[] => [
	...figuresIn(words),
	...(hangsOn ? [hangsOn] : [])
];

/**
 * The line with its figures, or undefined when the year has nothing of what it tells: then it is not printed. A line with several figures
 * tells of something as long as one of them is there; the others are printed as they are, nought as 0.
 */
export function lineOf(words: string, hangsOn: string | null, values: Values): Part[] | undefined {
	const needed = hangsOn ? [hangsOn] : figuresIn(words);
	if (needed.length > 0 && needed.every((metric) => isNothing(values[metric]))) return undefined;
	return words
		.split(braces)
		.map((text, at) => (at % 2 === 1 ? { text: printedValue(values[text]) || '0', metric: text } : { text }))
		.filter((part) => part.text !== '');
}

/** The line as one text. */
export const textOf = (parts: readonly Part[]): string => parts.map((part) => part.text).join('');
