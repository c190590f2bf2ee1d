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

type InLanguage = { locale: 'ja' };
const consentWords: Record<Purpose, (language?: InLanguage) => string> = {
	public: (language) => m.pockets_consent_public({}, language),
	district: (language) => m.pockets_consent_district({}, language),
	contact: (language) => m.pockets_consent_contact({}, language)
};

export const stateName = (state: State) => stateWords[state]();
export const endingName = (ending: Ending) => endingWords[ending]();
/** What a host agrees to, on the screen. */
export const consentText = (purpose: Purpose) => consentWords[purpose]();
/** The same word for word in the language of the law, whatever language the screen speaks: this is kept with the consent. */
export const agreedText = (purpose: Purpose) => consentWords[purpose]({ locale: 'ja' });
