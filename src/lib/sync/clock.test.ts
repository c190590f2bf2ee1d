import { expect, it } from 'vitest';
import { corrected } from './clock.ts';

const now = new Date('2025-11-27T21:00:00+09:00');
const minutes = (n: number) => n * 60_000;
/** An op said to be finished at `said`, sent from the same start of the app with a clock that is `skew` wrong, `ago` on the counter. */
const sameStart = (said: string, ago: number, skew = 0) =>
	corrected(
		{ at: said, mono: 1000, boot: 'b' },
		{ at: new Date(now.getTime() + skew).toISOString(), mono: 1000 + ago, boot: 'b' },
		now
	);

it('keeps the time of a clock that is right', () => {
	expect(sameStart('2025-11-27T20:30:00+09:00', minutes(30))).toEqual({
		at: new Date('2025-11-27T11:30:00Z'),
		flags: []
	});
});

it('mends a clock that is seven years wrong', () => {
	const seven = -7 * 365 * 86_400_000;
	const said = new Date(now.getTime() + seven - minutes(30)).toISOString();
	expect(sameStart(said, minutes(30), seven)).toEqual({ at: new Date('2025-11-27T11:30:00Z'), flags: ['corrected'] });
});

it('mends a clock that was set right before sending, and lets the leader look', () => {
	expect(sameStart('2018-01-01T00:10:00+09:00', minutes(30))).toEqual({
		at: new Date('2025-11-27T11:30:00Z'),
		flags: ['corrected', 'doubtful']
	});
});

it('mends a clock that was set back before sending', () => {
	expect(sameStart('2025-11-27T23:30:00+09:00', minutes(30)).at).toEqual(new Date('2025-11-27T11:30:00Z'));
});

it('does not shift a patrol because the phone slept eight hours, its counter standing still', () => {
	expect(sameStart('2025-11-27T13:00:00+09:00', minutes(2))).toEqual({
		at: new Date('2025-11-27T04:00:00Z'),
		flags: []
	});
});

it('keeps and doubts what comes from another start a day late or from ahead', () => {
	const other = (at: string) =>
		corrected({ at, mono: 5, boot: 'a' }, { at: now.toISOString(), mono: 9, boot: 'b' }, now);
	expect(other('2025-11-27T20:00:00+09:00').flags).toEqual([]);
	expect(other('2025-11-25T20:00:00+09:00')).toEqual({ at: new Date('2025-11-25T11:00:00Z'), flags: ['doubtful'] });
	expect(other('2025-11-28T20:00:00+09:00').flags).toEqual(['doubtful']);
});
