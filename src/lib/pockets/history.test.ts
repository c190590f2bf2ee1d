import { expect, test } from 'vitest';
import { withChanges } from './history.ts';

test('each change tells what it was and what it became, the last one what stands there now', () => {
	const hours = [null, { from: '14:00', to: '18:00' }];
	const lines: { deed: string; facts: Record<string, string> | null }[] = [
		{ deed: 'apply', facts: { way: 'host' } },
		{ deed: 'change', facts: { phone: '042-000-0001', hours: '[]' } },
		{ deed: 'pause', facts: null },
		{ deed: 'change', facts: { phone: 'null' } }
	];
	const told = withChanges(lines, { phone: '042-000-0003', hours, name: '𠮷田' });
	expect(told.map(({ deed }) => deed)).toEqual(['apply', 'change', 'pause', 'change']);
	expect(told.map(({ changes }) => changes)).toEqual([
		[],
		[
			{ box: 'phone', from: '042-000-0001', to: 'null' },
			{ box: 'hours', from: '[]', to: JSON.stringify(hours) }
		],
		[],
		[{ box: 'phone', from: 'null', to: '042-000-0003' }]
	]);
});
