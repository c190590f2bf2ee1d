import { describe, expect, it } from 'vitest';
import { cities } from '../../../tests/fixtures/equipment-policies.ts';
import type { Policy } from './policy.ts';
import { boxesOf, itemBox, pointBox, policyForm } from './policyForm.ts';

const back = (policy: Policy, oneMayDoBoth = false) => policyForm.parse(boxesOf({ policy, oneMayDoBoth }));
const issues = (values: Record<string, string>) =>
	Object.fromEntries(
		(policyForm.safeParse(values).error?.issues ?? []).map((one) => [String(one.path[0]), one.message])
	);

describe('the rules of a city as a form', () => {
	it.each(Object.entries(cities))('%s comes through the form unchanged', (_, policy) => {
		const there = boxesOf({ policy, oneMayDoBoth: true });
		expect(policyForm.parse(there)).toEqual({ policy, oneMayDoBoth: true });
		expect(boxesOf(policyForm.parse(there))).toEqual(there);
	});

	it('has no rule where nothing is typed', () => expect(back({})).toEqual({ policy: {}, oneMayDoBoth: false }));

	it('keeps an item without a limit apart from what holds for every item', () => {
		const policy: Policy = { everyItem: { perRequest: { basis: 'fixed', pieces: 3 } }, items: { whistle: {} } };
		expect(back(policy).policy).toEqual(policy);
	});

	it('reads what people type', () => {
		expect(
			policyForm.parse({
				minMembers: '１０',
				residentsShare: '33.3％',
				windowFrom: '５月１日',
				windowTo: '12／15',
				patrolsPerMonth: '0.5',
				patrolsOverMonths: '6',
				[pointBox(0, 'from')]: '30',
				[pointBox(0, 'points')]: '40',
				[pointBox(3, 'from')]: '5',
				[pointBox(3, 'points')]: '20'
			}).policy
		).toEqual({
			minMembers: 10,
			residents: { share: 0.333, more: false },
			window: { from: '05-01', to: '12-15' },
			patrols: { perMonth: 0.5, overMonths: 6 },
			points: [
				{ fromMembers: 5, points: 20 },
				{ fromMembers: 30, points: 40 }
			]
		});
	});

	it('says at each box what is wrong with it', () =>
		expect(
			issues({
				minMembers: '-3',
				patrolsPerMonth: '2',
				residentsShare: '101',
				windowFrom: '13/40',
				windowTo: '2/29',
				coolDownYears: '0',
				money: 'あ'.repeat(501),
				[pointBox(1, 'from')]: '5',
				[itemBox('vest', 'perRequest')]: 'たくさん',
				[itemBox('vest', 'perLifetime')]: '10000',
				[itemBox('vest', 'perFiscalYear:basis')]: 'moon'
			})
		).toEqual({
			minMembers: 'error_equipment_pieces',
			residentsShare: 'error_equipment_percent',
			windowFrom: 'error_equipment_month_day',
			coolDownYears: 'error_equipment_pieces',
			money: 'error_too_long',
			[pointBox(1, 'points')]: 'error_required',
			[itemBox('vest', 'perRequest')]: 'error_equipment_pieces',
			[itemBox('vest', 'perLifetime')]: 'error_equipment_pieces',
			[itemBox('vest', 'perFiscalYear:basis')]: 'error_choose'
		}));

	it('wants both halves of a rule', () => {
		expect(issues({ patrolsPerMonth: '2' })).toEqual({ patrolsOverMonths: 'error_required' });
		expect(issues({ windowFrom: '5/1' })).toEqual({ windowTo: 'error_required' });
		expect(issues({ windowTo: '5/1' })).toEqual({ windowFrom: 'error_required' });
	});
});
