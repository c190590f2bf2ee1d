import { expect, it } from 'vitest';
import { instantOf } from '#lib/calendar/day.ts';
import { blankRunIn, calledNow, handedNow, toggled, toldOf } from './runInDraft.ts';

const now = instantOf('2026-11-22', '16:00');
const blank = blankRunIn(now);

it('asks for what happened and nothing else', () => {
	expect(toldOf(blank, now)).toEqual({ errors: { happened: 'error_runin_what' } });
	const read = toldOf({ ...blank, happened: ['ill'] }, now);
	expect(read).toMatchObject({ payload: { on: '2026-11-22', time: '16:00', children: 1, grade: 'unknown' } });
});

it('no time that is still to come, no odd number, no book', () => {
	const ill = { ...blank, happened: ['ill' as const] };
	expect(toldOf({ ...ill, time: '16:16' }, now)).toEqual({ errors: { time: 'error_runin_ahead' } });
	expect(toldOf({ ...ill, time: '16:14' }, now)).toHaveProperty('payload');
	expect(toldOf({ ...ill, on: '2026-02-30', time: '' }, now)).toEqual({
		errors: { on: 'error_day', time: 'error_time' }
	});
	expect(toldOf({ ...ill, children: '０' }, now)).toEqual({ errors: { children: 'error_number' } });
	expect(toldOf({ ...ill, children: '２' }, now)).toMatchObject({ payload: { children: 2 } });
	expect(toldOf({ ...ill, words: 'あ'.repeat(1001) }, now)).toEqual({ errors: { words: 'error_too_long' } });
});

it('ticked, a call has the time of that moment; ticked again it is gone', () => {
	const called = calledNow(blank, 'police', now);
	expect(called).toEqual([{ kind: 'police', on: '2026-11-22', time: '16:00' }]);
	expect(calledNow({ ...blank, called }, 'police', now)).toEqual([]);
	expect(toggled(toggled([], 'a'), 'b')).toEqual(['a', 'b']);
	expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
	const handed = handedNow('guardian', now);
	expect(toldOf({ ...blank, happened: ['lost'], called, handed }, now)).toMatchObject({ payload: { called, handed } });
});
