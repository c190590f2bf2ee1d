import { existsSync, readFileSync } from 'node:fs';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { ids, registry, type Shown } from './registry.ts';

const shown = registry.flatMap(({ id, file, test, also = [] }) =>
	[{ file, test }, ...also].map((one) => ({ id, ...one }))
);

/** Titles of the tests of a file that run, alone and behind those of what they stand in: neither skipped, nor inside something skipped, nor left out by a neighbour's `only`. */
function running(file: string): Set<string> {
	const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
	const titles = new Set<string>();
	const visit = (node: ts.Node, off: boolean, inside: string): void => {
		let idle = off;
		let within = inside;
		if (ts.isCallExpression(node)) {
			const words = node.expression.getText(source);
			const [first] = node.arguments;
			const title = first && ts.isStringLiteralLike(first) ? first.text : undefined;
			const isTest = /^(test|it|describe)\b/.test(words);
			if (isTest && /\b(skip|skipIf|todo|fixme|fails|only|runIf)\b/.test(words)) {
				expect(title, `${file} has ${words}`).toBeUndefined();
				idle = true;
			}
			if (isTest && !idle && title !== undefined && /^(test|it)(\.each\b[^]*)?$/.test(words))
				titles.add(title).add(inside + title);
			if (title !== undefined && /^(test\.)?describe\b/.test(words)) within += `${title} › `;
		}
		ts.forEachChild(node, (child) => visit(child, idle, within));
	};
	visit(source, false, '');
	return titles;
}

const found = new Map<string, Set<string>>();
const isThere = ({ file, test }: Shown): boolean => {
	if (!existsSync(file)) return false;
	if (!found.has(file)) found.set(file, running(file));
	return found.get(file)!.has(test);
};

describe('the registry of faults', () => {
	it('names every fault once', () => {
		expect(ids).toHaveLength(58);
		expect(registry.map(({ id }) => id)).toEqual(ids);
	});

	it('names tests that exist and run', () => {
		expect(shown.filter((one) => !isThere(one))).toEqual([]);
	});

	it('would notice a title that is not there, and a test that is skipped', () => {
		expect(isThere({ file: 'tests/faults/registry.test.ts', test: 'names every fault once' })).toBe(true);
		expect(isThere({ file: 'tests/faults/registry.test.ts', test: 'names every fault twice' })).toBe(false);
		expect(isThere({ file: 'tests/faults/nowhere.test.ts', test: 'x' })).toBe(false);
	});
});
