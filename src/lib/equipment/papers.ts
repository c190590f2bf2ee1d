/** The papers one request yields: 申請書, 支給決定通知書 or 不支給決定通知書, 受領書. Which there are follows from where it stands. Pure. */
import type { HandoverState } from './handover.ts';
import type { Mode } from './item.ts';
import type { State } from './request.ts';

export const papers = ['request', 'decision', 'receipt'] as const;
export type Paper = (typeof papers)[number];

const decided: readonly State[] = ['approved', 'declined', 'done'];

type Stands = { state: State; handovers: readonly { id: string; state: HandoverState }[] };
export type PaperOf = { paper: Exclude<Paper, 'receipt'> } | { paper: 'receipt'; handover: string };

/**
 * What can be printed now. The request always, before its sending as a draft; the decision once it is made; a receipt for each
 * hand-over that is booked: one that is unclear or was undone proves nothing.
 */
export const papersOf = ({ state, handovers }: Stands): PaperOf[] => [
	{ paper: 'request' },
	...(decided.includes(state) ? [{ paper: 'decision' } as const] : []),
	...handovers.filter((one) => one.state === 'booked').map(({ id }) => ({ paper: 'receipt', handover: id }) as const)
];

/** The paper that an address names, if there is one now. A receipt without its hand-over is the one there is. */
export function paperAt(of: Stands, paper: string, handover: string | null): PaperOf | undefined {
	const there = papersOf(of).filter((one) => one.paper === paper);
	if (paper !== 'receipt') return there[0];
	if (handover === null) return there.length === 1 ? there[0] : undefined;
	return there.find((one) => one.paper === 'receipt' && one.handover === handover);
}

/** Is it given, lent, or some of each? The title of the papers says so. */
export function wayOfAll(lines: readonly { mode: Mode }[]): Mode | 'both' {
	const modes = new Set(lines.map((line) => line.mode));
	return modes.size > 1 ? 'both' : ([...modes][0] ?? 'issue');
}

type Step = { deed: string; by: string; words: string | null };

/** 代表者: who sent it, or wrote it where it is not sent yet. Only a leader of the body can do either. */
export const applicantOf = (timeline: readonly Step[]): string =>
	(timeline.findLast((one) => one.deed === 'send') ?? timeline[0])?.by ?? '';

/** What the decision says in general, beside its lines. */
export const wordsOfDecision = (timeline: readonly Step[]): string =>
	timeline.findLast((one) => one.deed === 'approve' || one.deed === 'decline')?.words ?? '';
