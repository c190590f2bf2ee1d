/**
 * What the desk proposes for each line (配分案): what was asked, within the rules of the city, within what lies free, shared fairly
 * where several want it. A proposal: the clerk may change every line. Pure.
 */
import type { Remaining } from './policy.ts';
import { share } from './share.ts';

/** One line of one request; `remaining` is what the rules leave of its item for that body. */
export type Wanting = {
	request: string;
	item: string;
	size: string;
	asked: number;
	members: number;
	patrols: number;
	remaining: Remaining;
};

/** `why` tells what made it less than what was asked. `stock` and `wanted` are those of the item and size; `bodies` want it. */
export type Proposed = { pieces: number } & (
	| { why: 'asked' }
	| { why: 'rule'; by: NonNullable<Remaining>['by']; cap: number; left: number }
	| { why: 'short'; stock: number; wanted: number; bodies: number; base: number }
);

const shelf = (line: { item: string; size: string }) => `${line.item}:${line.size}`;
export const keyOf = (line: { request: string; item: string; size: string }) => `${line.request}:${shelf(line)}`;

/** A proposal for every line, by `keyOf`; the same in whatever order the requests come. `free` by item and size. */
export function propose(
	lines: readonly Wanting[],
	free: (of: { item: string; size: string }) => number
): Map<string, Proposed> {
	const allowed = withinRules(lines);
	const proposals = new Map<string, Proposed>();
	for (const [, rivals] of Map.groupBy(lines, shelf)) {
		const stock = Math.max(0, free(rivals[0]!));
		const asks = rivals
			.map(({ request, members, patrols, ...line }) => ({
				id: request,
				asked: allowed.get(keyOf({ request, ...line }))!,
				members,
				patrols
			}))
			.filter((one) => one.asked > 0);
		const shares = new Map(share(asks, stock).map((one) => [one.id, one]));
		const wanted = rivals.reduce((sum, one) => sum + one.asked, 0);
		for (const line of rivals) {
			const given = shares.get(line.request)?.given ?? 0;
			const most = allowed.get(keyOf(line))!;
			const base = Math.floor(stock / 2 / asks.length);
			proposals.set(keyOf(line), {
				pieces: given,
				...(given === line.asked
					? { why: 'asked' }
					: given === most && line.remaining
						? { why: 'rule', by: line.remaining.by, cap: line.remaining.cap, left: line.remaining.left }
						: { why: 'short', stock, wanted, bodies: asks.length, base })
			});
		}
	}
	return proposals;
}

/** What the rules leave of each line: the sizes of an item share what is left of it, in the order of the lines. */
function withinRules(lines: readonly Wanting[]): Map<string, number> {
	const left = new Map<string, number>();
	const found = new Map<string, number>();
	for (const line of lines) {
		const whose = `${line.request}:${line.item}`;
		const still = left.get(whose) ?? line.remaining?.left ?? Infinity;
		const pieces = Math.min(line.asked, still);
		left.set(whose, still - pieces);
		found.set(keyOf(line), pieces);
	}
	return found;
}
