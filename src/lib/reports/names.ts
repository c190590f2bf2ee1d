/** The words for the codes of this room. */
import * as m from '#lib/words/messages.js';
import type { TypedBasis } from './measure.ts';

const basisNames: Record<TypedBasis, () => string> = {
	atEnd: m.measures_basis_at_end,
	times: m.measures_basis_times,
	gross: m.measures_basis_gross,
	distinct: m.measures_basis_distinct,
	sum: m.measures_basis_sum,
	cumulative: m.measures_basis_cumulative,
	added: m.measures_basis_added
};
export const basisName = (basis: TypedBasis): string => basisNames[basis]();
