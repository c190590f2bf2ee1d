import { describe, expect, it } from 'vitest';
import { newId } from '#lib/server/db/ids.ts';
import { beyond, blankHand, handOf, leftOf, payloadOf, summaryOf, yearTurned } from './hand.ts';
import { boxOf } from './request.ts';

const line = { item: 'vest', size: 'M', name: 'ベスト', unit: '着', mode: 'issue', pieces: 5 } as const;
const loan = { item: 'mega', size: '', name: '拡声器', unit: '台', mode: 'loan', pieces: 1 } as const;
const ready = {
	id: 'r1',
	number: '令和8-防資-003',
	body: '緑町自治会',
	decidedOn: '2027-03-25',
	lines: [line, loan]
};
const today = '2027-04-02';
const id = newId();
const hand = (more: object = {}) => ({ ...blankHand(ready, today), receivedBy: '森 一郎', ...more });

describe('a hand-over on the phone', () => {
	it('begins with everything that lies ready', () => {
		expect(payloadOf(hand(), id, today)).toEqual({
			payload: {
				request: 'r1',
				on: today,
				receivedBy: '森 一郎',
				lines: [
					{ item: 'vest', size: 'M', pieces: 5 },
					{ item: 'mega', size: '', pieces: 1 }
				]
			}
		});
		expect(yearTurned(hand())).toBe(true);
		expect(yearTurned(hand({ on: '2027-03-31' }))).toBe(false);
	});
	it('says at the field what is wrong', () => {
		const errors = (more: object) => {
			const read = payloadOf(hand(more), id, today);
			return 'errors' in read ? read.errors : {};
		};
		expect(errors({ receivedBy: ' ' })).toEqual({ receivedBy: 'error_required' });
		expect(errors({ on: '2027-04-03' })).toEqual({ on: 'error_equipment_future' });
		expect(errors({ on: '2027-03-24' })).toEqual({ on: 'error_equipment_before_decision' });
		expect(errors({ on: '2027-02-30' })).toEqual({ on: 'error_day' });
		expect(errors({ dueOn: '2027-04-01' })).toEqual({ dueOn: 'error_equipment_due' });
		expect(errors({ boxes: { [boxOf('vest', 'M')]: '-2' } })).toEqual({
			[boxOf('vest', 'M')]: 'error_equipment_pieces'
		});
		expect(errors({ boxes: { [boxOf('vest', 'M')]: '０' } })).toEqual({
			[boxOf('vest', 'M')]: 'error_equipment_nothing_handed'
		});
		expect(errors({ signature: '<svg>' })).toEqual({ signature: 'error_input' });
	});
	it('may be more than lies ready, and knows it', () => {
		const more = hand({ boxes: { [boxOf('vest', 'M')]: '６' } });
		expect(beyond(more)).toEqual([line]);
		expect(payloadOf(more, id, today)).toMatchObject({ payload: { lines: [{ pieces: 6 }] } });
		expect(beyond(hand())).toEqual([]);
	});
	it('is filled again with what was sent', () => {
		const read = payloadOf(hand({ signature: 'M1 2L3 4', dueOn: '2027-09-30' }), id, today);
		if (!('payload' in read)) throw new Error('refused');
		const again = handOf(read.payload, ready, 'op-1');
		expect(again.base).toBe('op-1');
		expect(payloadOf(again, id, today)).toEqual(read);
		expect(summaryOf(again, read.payload, 'ja')).toContain('緑町自治会 令和8-防資-003');
	});
});

describe('what is left on the shelf', () => {
	it('is without what this phone has recorded', () => {
		const taken = (item: string, size: string, pieces: number, request = 'r1') => ({
			...{ request, on: today, receivedBy: '森' },
			lines: [{ item, size, pieces }]
		});
		expect(leftOf([ready], [])).toEqual([ready]);
		expect(leftOf([ready], [taken('vest', 'M', 2), taken('vest', 'M', 1), taken('mega', '', 1)])).toEqual([
			{ ...ready, lines: [{ ...line, pieces: 2 }] }
		]);
		expect(leftOf([ready], [taken('vest', 'M', 9), taken('mega', '', 1)])).toEqual([]);
		expect(leftOf([ready], [taken('vest', 'M', 2, 'r2')])).toEqual([ready]);
	});
});
