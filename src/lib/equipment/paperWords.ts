/** Words of the papers that several of them print. Japanese in every language of the screen. */
import * as m from '#lib/words/messages.js';
import type { Mode } from './item.ts';
import type { PaperOf } from './papers.ts';
import type { State } from './request.ts';

const ja = { locale: 'ja' } as const;
const ways: Record<Mode | 'both', () => string> = {
	issue: () => m.papers_way_issue({}, ja),
	loan: () => m.papers_way_lent({}, ja),
	both: () => m.papers_way_both({}, ja)
};
/** 支給, 貸与, 支給・貸与. */
export const wayWord = (way: Mode | 'both') => ways[way]();

/** What a paper is called on the screen, in its language. */
export const paperName = (paper: PaperOf['paper'], state: State): string =>
	({
		request: () => m.papers_request(),
		decision: () => (state === 'declined' ? m.papers_declined() : m.papers_decision()),
		receipt: () => m.papers_receipt()
	})[paper]();
