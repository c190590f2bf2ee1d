/** What became of an offer of a role. */
export const offerAnswers = ['accepted', 'declined', 'withdrawn'] as const;
export type OfferAnswer = (typeof offerAnswers)[number];
