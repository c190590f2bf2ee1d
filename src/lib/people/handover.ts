/** A role is handed over, not shared: offered by its holder, taken by the successor. */
import * as z from 'zod/mini';
import { typedDay } from '#lib/calendar/typed.ts';

/** What became of an offer of a role. */
export const offerAnswers = ['accepted', 'declined', 'withdrawn'] as const;
export type OfferAnswer = (typeof offerAnswers)[number];

export const offerForm = z.object({ successor: z.string().check(z.minLength(1, 'error_choose')), fromOn: typedDay() });
