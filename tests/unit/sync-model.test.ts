import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { schedule } from '../model/schedules.ts';
import { World, type Mutant, type Step } from '../model/world.ts';

function run(steps: Step[], mutant?: Mutant): string | undefined {
	const world = new World(mutant);
	for (const step of steps) {
		world.take(step);
		const wrong = world.wrong();
		if (wrong) return wrong;
	}
	world.heal();
	return world.wrongAtRest();
}

it('the protocol holds its invariants over 20,000 schedules', () => {
	fc.assert(
		fc.property(schedule, (steps) => {
			expect(run(steps)).toBeUndefined();
		}),
		{ numRuns: 20_000 }
	);
}, 120_000);

const mutants: Record<Mutant, RegExp> = {
	removeBeforeSend: /I1|I4/,
	trustAny2xx: /I3|I4/,
	trustAnyAnswer: /I3|I4/,
	noDedup: /I2|I8/,
	deleteOnReceipt: /I1|I4/,
	noReofferAfterRestore: /I3|I4/,
	poisonBlocks: /I4/,
	authorFromSession: /I5/,
	ackBeforeCommit: /I1|I3|I4/,
	depsIgnored: /I6/,
	signInErases: /I1/,
	newIdOnRetry: /I1|I2|I4/
};

describe('a mutant is noticed', () => {
	it.each(Object.entries(mutants) as [Mutant, RegExp][])('%s', (mutant, invariant) => {
		const found = fc.check(
			fc.property(schedule, (steps) => {
				const wrong = run(steps, mutant);
				if (wrong) throw new Error(wrong);
			}),
			{ numRuns: 20_000 }
		);
		expect(found.failed).toBe(true);
		expect(String((found as { errorInstance?: unknown }).errorInstance)).toMatch(invariant);
	});
});
