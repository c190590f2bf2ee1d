/** Random schedules for the model and for the real engine. */
import fc from 'fast-check';
import type { Net, Step } from './world.ts';

const phone = fc.nat(1);
const net: fc.Arbitrary<Net> = fc.constantFrom(
	'fine',
	'fine',
	'fine',
	'cut',
	'answerLost',
	'captive',
	'foreignAnswer',
	'duplicated'
);

const steps: fc.WeightedArbitrary<Step>[] = [
	{
		weight: 5,
		arbitrary: fc.record({
			is: fc.constant('finish' as const),
			phone,
			poison: fc.boolean(),
			needsLast: fc.boolean()
		})
	},
	{
		weight: 6,
		arbitrary: fc.record({ is: fc.constant('send' as const), phone, net, batch: fc.integer({ min: 1, max: 4 }) })
	},
	{ weight: 1, arbitrary: fc.record({ is: fc.constant('signIn' as const), phone, person: phone }) },
	{ weight: 1, arbitrary: fc.record({ is: fc.constant('crash' as const), phone }) },
	{
		weight: 1,
		arbitrary: fc.record({ is: fc.constant('serverDies' as const), phone, batch: fc.integer({ min: 1, max: 4 }) })
	},
	{ weight: 1, arbitrary: fc.constant({ is: 'backup' as const }) },
	{ weight: 1, arbitrary: fc.constant({ is: 'restore' as const }) }
];

export const schedule: fc.Arbitrary<Step[]> = fc.array(fc.oneof(...steps), { maxLength: 24, size: 'max' });
