/** What was typed about a line, as its form shows it again. */
import type { LineInput } from '#lib/reports/plan.ts';

export const typedLine = (input: LineInput): Record<string, string> =>
	Object.fromEntries(Object.entries(input).map(([name, value]) => [name, value === null ? '' : String(value)]));
