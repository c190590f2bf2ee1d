/** The words of this room's codes. */
import * as m from '#lib/words/messages.js';
import type { Purpose } from './consent.ts';
import type { Ending, State } from './pocket.ts';

export { kindName } from './kindName.ts';

const stateWords: Record<State, () => string> = {
	applied: () => m.pockets_state_applied(),
	explained: () => m.pockets_state_explained(),
	registered: () => m.pockets_state_registered(),
	paused: () => m.pockets_state_paused(),
	ended: () => m.pockets_state_ended(),
	declined: () => m.pockets_state_declined()
};

const endingWords: Record<Ending, () => string> = {
	moved: () => m.pockets_ending_moved(),
	withdrew: () => m.pockets_ending_withdrew(),
	closed: () => m.pockets_ending_closed(),
	unreachable: () => m.pockets_ending_unreachable(),
	districtClosed: () => m.pockets_ending_districtClosed(),
	mistake: () => m.pockets_ending_mistake(),
	other: () => m.pockets_ending_other()
};

const consentWords: Record<Purpose, () => string> = {
	public: () => m.pockets_consent_public(),
	district: () => m.pockets_consent_district(),
	contact: () => m.pockets_consent_contact()
};

export const stateName = (state: State) => stateWords[state]();
export const endingName = (ending: Ending) => endingWords[ending]();
/** What a host agrees to, word for word; kept with the consent. */
export const consentText = (purpose: Purpose) => consentWords[purpose]();
