/** What a page of these settings says was done, by the word in its address. */
import * as m from '#lib/words/messages.js';

const words: Partial<Record<string, () => string>> = {
	adopted: m.plans_did_adopted,
	made: m.plans_did_made,
	saved: m.plans_did_saved,
	added: m.plans_did_added,
	removed: m.plans_did_removed
};
export const did = (what: string | null): string | undefined => (what === null ? undefined : words[what]?.());
