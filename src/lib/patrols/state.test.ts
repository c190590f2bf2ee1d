import { describe, expect, it } from 'vitest';
import { allows, logStates, sameWalk, stateOf, type Walk } from './state.ts';

const none = { confirmed: false, sentBack: false, withdrawn: false, merged: false };
const at = (time: string) => new Date(`2026-11-20T${time}:00+09:00`);
const walk: Walk = {
	programme: 'schoolWatch',
	place: 'r1',
	vehicle: null,
	associations: ['midori'],
	departedAt: at('07:30'),
	finishedAt: at('08:20')
};

describe('where a log stands', () => {
	it('follows from the rows that exist', () => {
		expect(stateOf(none)).toBe('waiting');
		expect(stateOf({ ...none, sentBack: true })).toBe('sentBack');
		expect(stateOf({ ...none, sentBack: true, confirmed: true })).toBe('confirmed');
		expect(stateOf({ ...none, confirmed: true, merged: true })).toBe('merged');
		expect(stateOf({ ...none, confirmed: true, merged: true, withdrawn: true })).toBe('withdrawn');
	});

	it('a log that was taken back or merged moves no more', () => {
		for (const state of ['withdrawn', 'merged'] as const)
			for (const move of ['confirm', 'sendBack', 'correct', 'withdraw', 'merge'] as const)
				expect(allows(state, move)).toBe(false);
		expect(logStates.filter((state) => allows(state, 'confirm'))).toEqual(['waiting', 'sentBack']);
	});
});

describe('the same walk', () => {
	it('needs body, programme, route and time in common', () => {
		expect(sameWalk(walk, { ...walk, departedAt: at('08:00'), finishedAt: at('08:40') })).toBe(true);
		expect(sameWalk(walk, { ...walk, associations: ['honcho', 'midori'] })).toBe(true);
		expect(sameWalk(walk, { ...walk, associations: ['honcho'] })).toBe(false);
		expect(sameWalk(walk, { ...walk, programme: 'greeting' })).toBe(false);
		expect(sameWalk(walk, { ...walk, place: 'r2' })).toBe(false);
		expect(sameWalk(walk, { ...walk, place: null })).toBe(true);
		expect(sameWalk(walk, { ...walk, departedAt: at('08:20'), finishedAt: at('09:00') })).toBe(false);
	});

	it('two runs of city cars are compared although no body walked', () => {
		const car: Walk = { ...walk, programme: 'cityCar', place: null, associations: [] };
		expect(sameWalk(car, { ...car })).toBe(true);
		expect(sameWalk({ ...car, vehicle: '1' }, { ...car, vehicle: '2' })).toBe(false);
		expect(sameWalk(car, { ...car, associations: ['midori'] })).toBe(false);
	});
});
