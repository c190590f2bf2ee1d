/** The words of the kinds; apart from the other names, because every map has them. */
import * as m from '#lib/words/messages.js';
import type { Kind } from './kinds.ts';

const kindWords: Record<Kind, () => string> = {
	home: () => m.pockets_kind_home(),
	shop: () => m.pockets_kind_shop(),
	business: () => m.pockets_kind_business(),
	facility: () => m.pockets_kind_facility(),
	medical: () => m.pockets_kind_medical()
};

export const kindName = (kind: Kind) => kindWords[kind]();
