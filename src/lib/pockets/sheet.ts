/** What a printed map of refuge homes shows. Pure. */
import type { Pin } from './pin.ts';

/** `public`: to be put up, only what anybody may see · `own`: for the hands of those who watch, what they may see. */
export type Sheet = { school: string; paper: 'a4' | 'a3'; what: 'public' | 'own' };

export const sheetIn = (query: URLSearchParams): Sheet => ({
	school: query.get('school') ?? '',
	paper: query.get('paper') === 'a3' ? 'a3' : 'a4',
	what: query.get('what') === 'own' ? 'own' : 'public'
});

/** Those of the school, in the order of their numbers: the pins carry them. */
export const onSheet = (pins: readonly Pin[], { school }: Sheet): Pin[] =>
	pins.filter((pin) => !school || pin.school === school).toSorted((a, b) => a.number - b.number);
