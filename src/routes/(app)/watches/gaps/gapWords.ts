/** Where a stretch lies, in words one can walk by. */
import { farWords } from '#lib/map/bearing.ts';
import { directionName } from '#lib/pockets/pinWords.ts';
import type { Stretch } from '#lib/watches/gaps.ts';
import * as m from '#lib/words/messages.js';

export function whereWords({ town, landmark, from }: Stretch): string {
	const sign =
		landmark &&
		m.gaps_here_landmark({
			name: landmark.name,
			direction: directionName(landmark.direction),
			far: farWords(landmark.metres)
		});
	if (town && sign) return m.gaps_here_both({ town, landmark: sign });
	return (town && m.gaps_here_town({ town })) ?? sign ?? m.gaps_here_none({ from: Math.round(from / 10) * 10 });
}
