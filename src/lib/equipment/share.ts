/**
 * Short stock, shared by a rule that can be told in one sentence (配分案): everybody a base, the rest by members and by patrols
 * walked. A proposal: the clerk may change every line. Pure.
 */

/** What one body asks of one item and size. `members` 構成員数, `patrols` confirmed patrols of the last twelve months. */
export type Ask = { id: string; asked: number; members: number; patrols: number };

/**
 * Why a line got what it got. `all`: there is enough. `shared`: `base` for everybody plus `extra` by size and work. `none`: nothing
 * lies there, or less than one piece fell to this body.
 */
export type Share = { id: string; given: number; why: 'all' | 'shared' | 'none'; base: number; extra: number };

/**
 * Shares `stock` pieces. Never more than was asked or than there is; nothing stays lying while somebody still lacks; the same in
 * whatever order the requests come; who has as many members and patrols as another, or more, and asks for as much, gets no less.
 */
export function share(asks: readonly Ask[], stock: number): Share[] {
	const wanted = asks.reduce((sum, one) => sum + one.asked, 0);
	if (wanted <= stock) return asks.map(({ id, asked }) => ({ id, given: asked, why: 'all', base: asked, extra: 0 }));
	const base = Math.floor(stock / 2 / asks.length);
	const shares = new Map(asks.map(({ id, asked }) => [id, { base: Math.min(base, asked), extra: 0 }]));
	let left = stock - [...shares.values()].reduce((sum, one) => sum + one.base, 0);
	const weights = weightsOf(asks);
	const lacking = (one: Ask) => one.asked - shares.get(one.id)!.base - shares.get(one.id)!.extra;
	// Each piece goes where it is most due: the most weight for each piece already had (Sainte-Laguë). Rounded shares would leave
	// pieces over, and a second rule for those.
	while (left > 0) {
		const next = asks.filter((one) => lacking(one) > 0).reduce((a, b) => (before(a, b, weights, shares) ? a : b));
		shares.get(next.id)!.extra++;
		left--;
	}
	return asks.map(({ id }) => {
		const { base, extra } = shares.get(id)!;
		return { id, given: base + extra, why: base + extra > 0 ? 'shared' : 'none', base, extra };
	});
}

/** Half the weight is the share of all members, half that of all patrols; whole numbers, so that no rounding decides. */
function weightsOf(asks: readonly Ask[]): Map<string, number> {
	const members = asks.reduce((sum, one) => sum + one.members, 0);
	const patrols = asks.reduce((sum, one) => sum + one.patrols, 0);
	return new Map(asks.map((one) => [one.id, one.members * Math.max(patrols, 1) + one.patrols * Math.max(members, 1)]));
}

/** Is the next piece a's rather than b's? Weight for each piece, then members, then the id: never the order of arrival. */
function before(a: Ask, b: Ask, weights: Map<string, number>, shares: Map<string, { extra: number }>): boolean {
	const due = (one: Ask, other: Ask) => weights.get(one.id)! * (2 * shares.get(other.id)!.extra + 1);
	const difference = due(a, b) - due(b, a) || a.members - b.members || a.patrols - b.patrols;
	return difference === 0 ? a.id < b.id : difference > 0;
}
