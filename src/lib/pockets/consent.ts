/** What a host agrees to, and in which words. Pure. */

/**
 * public: shown on the public map as a point · district: shown to the people who watch in this school district, as a point without
 * name and phone · contact: name and phone to the contacts of that school.
 */
export const purposes = ['public', 'district', 'contact'] as const;
export type Purpose = (typeof purposes)[number];

/** Version of the texts a host is asked (`pockets_consent_…`). A changed text gets a new version; what was agreed to keeps its words. */
export const consentVersion = '2026-11';

/** What holds for one pocket now. */
export type Consents = Record<Purpose, boolean>;
export const noConsent: Consents = { public: false, district: false, contact: false };
