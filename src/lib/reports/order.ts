/** A list in another order. Pure. */

/** What stands at `from` stands at `to`, the others close up; beyond the ends there is nothing. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
	const rest = list.filter((_, at) => at !== from);
	const at = Math.min(Math.max(0, Math.trunc(to) || 0), rest.length);
	return [...rest.slice(0, at), ...list.slice(from, from + 1), ...rest.slice(at)];
}
