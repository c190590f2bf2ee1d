/** Where a log stands, asked of the rows beside it, and which two logs are probably one walk. Pure. */
import type { Programme } from './log.ts';

/**
 * 未確認 / 差戻し / 確認済 / 取下げ / 重複. A correction is a new version, which nobody has confirmed or sent back yet: a
 * confirmed log that is corrected waits again, unless the one who corrects may confirm and does so in the same step.
 */
export const logStates = ['waiting', 'sentBack', 'confirmed', 'withdrawn', 'merged'] as const;
export type LogState = (typeof logStates)[number];

/** Rows that exist for a log; the first two for its latest version. */
export type LogFacts = { confirmed: boolean; sentBack: boolean; withdrawn: boolean; merged: boolean };

export function stateOf(facts: LogFacts): LogState {
	if (facts.withdrawn) return 'withdrawn';
	if (facts.merged) return 'merged';
	if (facts.confirmed) return 'confirmed';
	return facts.sentBack ? 'sentBack' : 'waiting';
}

/** Only confirmed logs feed a figure. */
export const counts = (state: LogState) => state === 'confirmed';

const moves: Record<'confirm' | 'sendBack' | 'correct' | 'withdraw' | 'merge', readonly LogState[]> = {
	confirm: ['waiting', 'sentBack'],
	sendBack: ['waiting'],
	correct: ['waiting', 'sentBack', 'confirmed'],
	withdraw: ['waiting', 'sentBack', 'confirmed'],
	merge: ['waiting', 'sentBack', 'confirmed']
};
export type LogMove = keyof typeof moves;

/** Is this step open to a log that stands there? */
export const allows = (state: LogState, move: LogMove): boolean => moves[move].includes(state);

const agree = (a: string | null, b: string | null) => a === b || a === null || b === null;

/** What two logs are compared by. */
export type Walk = {
	programme: Programme;
	place: string | null;
	/** Two cars on the road at once are two runs. */
	vehicle: string | null;
	associations: readonly string[];
	departedAt: Date;
	finishedAt: Date;
};

/**
 * Probably the same walk logged twice: a body in common (or none on both, the city's own), the same programme, overlapping
 * times, and the same route and car, where neither log leaves them open. Only ever an offer: two groups of one body do walk at once.
 */
export function sameWalk(a: Walk, b: Walk): boolean {
	const together =
		a.associations.some((one) => b.associations.includes(one)) ||
		(a.associations.length === 0 && b.associations.length === 0);
	return (
		together &&
		a.programme === b.programme &&
		agree(a.place, b.place) &&
		agree(a.vehicle, b.vehicle) &&
		a.departedAt < b.finishedAt &&
		b.departedAt < a.finishedAt
	);
}
