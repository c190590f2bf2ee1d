/** Versions of the texts people agree to. A changed text gets a new version; what was agreed to keeps its own words in its row. */
export const consentVersions = { membership: '2026-11' } as const;
