/** 継続確認 as the phone of who goes round carries it: whose doors, what was answered, and for how long. Pure. */
import { isAnswer, type ConfirmPayload, type Result } from './confirmation.ts';
import type { Audience, Seen } from './audience.ts';

/** A door as who goes round may see it. Whether it was answered already, and what, where this person wrote it down. */
export type Visit = Seen & { answered: boolean; own?: Result };

/** The doors of one district while its round is open. What may be known of each was decided by `audience.ts`. */
export type PackVisits = {
	school: string;
	name: string;
	as: Audience;
	fiscalYear: number;
	/** The last day on which anybody is asked: from the next one on the phone shows none of it. */
	untilOn: string;
	homes: Omit<Visit, 'school' | 'confirmed'>[];
};
export type Door = PackVisits['homes'][number];

/** With what was answered on this phone and the pack cannot know yet. */
export const withOwn = (lists: readonly PackVisits[], own: readonly ConfirmPayload[]): PackVisits[] =>
	lists.map((list) => ({
		...list,
		homes: list.homes.map((home) => {
			const said = own.findLast((one) => one.pocket === home.id && one.fiscalYear === list.fiscalYear);
			return said ? { ...home, own: said.result, answered: home.answered || isAnswer(said.result) } : home;
		})
	}));

/** By 町丁目, in it by number: the way somebody walks. */
export function byTown<T extends { town: string; number: number }>(
	homes: readonly T[]
): { town: string; homes: T[] }[] {
	const towns = Map.groupBy(homes, (one) => one.town);
	return [...towns]
		.map(([town, of]) => ({ town, homes: of.toSorted((a, b) => a.number - b.number) }))
		.sort((a, b) => (a.town < b.town ? -1 : 1));
}
