/** Hours of one volunteer with one body, for a certificate (活動証明書). Pure. */
import type { Programme } from './log.ts';

export type Activity = { programme: Programme; onDay: string; departedAt: Date; finishedAt: Date };
export type Certified = {
	times: number;
	minutes: number;
	/** Activities whose log ends before it begins: they took place, and nobody knows how long. */
	untimed: number;
	firstOn: string;
	lastOn: string;
	/** By kind of activity, the most frequent first. */
	lines: { programme: Programme; times: number; minutes: number }[];
};

/** Whole minutes from setting out to the end, of those that no activity before has counted already: an hour is one hour, however many logs tell of it. */
function minutesOf(activities: readonly Activity[]): number[] {
	let counted = -Infinity;
	return activities.map(({ departedAt, finishedAt }) => {
		const from = Math.max(departedAt.getTime(), counted);
		counted = Math.max(counted, finishedAt.getTime());
		return Math.max(0, Math.floor((finishedAt.getTime() - from) / 60_000));
	});
}

/** Adds up the activities of a year; undefined when there are none. */
export function certified(activities: readonly Activity[]): Certified | undefined {
	const sorted = activities.toSorted((a, b) => a.departedAt.getTime() - b.departedAt.getTime());
	const [first] = sorted;
	if (!first) return undefined;
	const minutes = minutesOf(sorted);
	const lines = new Map<Programme, Certified['lines'][number]>();
	for (const [at, { programme }] of sorted.entries()) {
		const line = lines.get(programme) ?? { programme, times: 0, minutes: 0 };
		lines.set(programme, { programme, times: line.times + 1, minutes: line.minutes + minutes[at]! });
	}
	return {
		times: sorted.length,
		minutes: minutes.reduce((sum, one) => sum + one, 0),
		untimed: sorted.filter((one) => one.finishedAt <= one.departedAt).length,
		firstOn: first.onDay,
		lastOn: sorted.at(-1)!.onDay,
		lines: [...lines.values()].toSorted((a, b) => b.times - a.times)
	};
}
