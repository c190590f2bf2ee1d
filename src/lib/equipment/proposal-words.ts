/** One sentence of reason for a proposal. It goes on a Japanese paper, so it is Japanese on every screen. */
import * as m from '#lib/words/messages.js';
import type { Proposed } from './proposal.ts';

const ja = { locale: 'ja' } as const;

/** Empty where everything asked for is proposed. `unit`: 着, 本. */
export function reasonOf(proposed: Proposed, unit: string): string {
	if (proposed.why === 'asked') return '';
	if (proposed.why === 'rule') {
		const numbers = { cap: `${proposed.cap}${unit}`, left: `${proposed.left}${unit}` };
		if (proposed.by === 'perRequest') return m.decisions_why_per_request(numbers, ja);
		return proposed.by === 'perFiscalYear'
			? m.decisions_why_per_year(numbers, ja)
			: m.decisions_why_per_lifetime(numbers, ja);
	}
	const { stock, wanted, base, bodies } = proposed;
	if (stock === 0) return m.decisions_why_none({}, ja);
	if (bodies === 1) return m.decisions_why_stock({ stock }, ja);
	return base > 0
		? m.decisions_why_shared({ stock, wanted, base }, ja)
		: m.decisions_why_shared_without_base({ stock, wanted }, ja);
}
