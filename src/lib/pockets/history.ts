/** What changed in a pocket, out of the boxes as they were before each change. Pure. */

/** A box of a pocket as the history keeps it: text as it is, everything else as JSON. */
export const said = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

export type Change = { box: string; from: string; to: string };
type Line = { deed: string; facts: Record<string, string> | null };

/**
 * The lines of a history, oldest first, each with what its change changed. A line tells how a box was before it; how it was
 * afterwards is what the next change of that box tells, and of the last one what stands there now.
 */
export function withChanges<L extends Line>(
	lines: readonly L[],
	now: Record<string, unknown>
): (L & { changes: Change[] })[] {
	const after = new Map<string, string>();
	return lines
		.toReversed()
		.map((line) => {
			const was = line.deed === 'change' ? Object.entries(line.facts ?? {}) : [];
			const changes = was.map(([box, from]) => ({ box, from, to: after.get(box) ?? said(now[box]) }));
			for (const { box, from } of changes) after.set(box, from);
			return { ...line, changes };
		})
		.toReversed();
}
