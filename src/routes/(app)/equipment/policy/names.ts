/** The words of caps: what they count and what they are reckoned by. Static calls, so unused ones fall away. */
import { bases, caps, itemBox } from '#lib/equipment/policyForm.ts';
import type { Basis } from '#lib/equipment/policy.ts';
import * as m from '#lib/words/messages.js';

type CapName = (typeof caps)[number];
const capWords: Record<CapName, () => string> = {
	perRequest: () => m.decisions_cap_per_request(),
	perFiscalYear: () => m.decisions_cap_per_year(),
	perLifetime: () => m.decisions_cap_per_lifetime()
};
const basisWords: Record<Basis, () => string> = {
	fixed: () => m.decisions_basis_fixed(),
	members: () => m.decisions_basis_members(),
	activeMembers: () => m.decisions_basis_active(),
	peoplePerPatrol: () => m.decisions_basis_patrol()
};
export const capName = (cap: CapName) => capWords[cap]();
export const basisName = (basis: Basis) => basisWords[basis]();

/** 1回の申請 20着・年度 構成員1人につき1着: what the boxes of an item say, in one line. Empty where they say nothing. */
export function summaryOf(id: string, text: (box: string) => string, unit: string): string {
	const limits = caps.flatMap((cap) => {
		const pieces = text(itemBox(id, cap));
		if (pieces === '') return [];
		const basis = bases.find((one) => one === text(itemBox(id, `${cap}:basis`))) ?? 'fixed';
		return [`${capName(cap)} ${basis === 'fixed' ? '' : basisName(basis)}${pieces}${unit}`];
	});
	const points = text(itemBox(id, 'points'));
	if (points !== '') limits.push(m.requests_points_each({ points }));
	if (limits.length === 0 && text(itemBox(id, 'own')) !== '') return m.decisions_policy_no_limit();
	return limits.join('・');
}
