/** A plan of a city's own for the tests of its settings: one measure, one section, one line with one figure that is typed. */
import { expect } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { addCell, addMeasure } from '#lib/reports/measures.server.ts';
import type { LineInput, MeasureInput } from '#lib/reports/plan.ts';
import { addLine } from '#lib/reports/placements.server.ts';
import { makePlan } from '#lib/reports/plans.server.ts';
import { addFigure } from '#lib/reports/typedMetrics.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { transaction, type Tx } from '#lib/server/db/index.ts';
import { otherTown, town } from './people.ts';

export const own = { plan: newId(), measure: newId(), cell: newId(), line: newId(), figure: newId() };
export const lamps = { name: '点検した街路灯', unit: '基', basis: 'sum', section: town.sections.safety } as const;

/** The administrator of the second town. */
export const foreigner: Actor = {
	...{ municipality: otherTown.municipality, person: otherTown.admin, name: '' },
	grants: [{ role: 'admin' }]
};

export const does = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => transaction(work);
export const isTold = (work: Promise<unknown>, code: string, field?: string) =>
	expect(work).rejects.toMatchObject({ name: 'RuleBroken', code, field });

export const content: MeasureInput = {
	...{ number: 1, chapter: '1 章', heading: '(1) 節', name: '街路の巡回', content: '巡回する。' },
	...{ cityWide: false, fromYear: 2024, untilYear: null }
};
export const line = (words: string, more: Partial<LineInput> = {}): LineInput => ({
	...{ id: newId(), words, hangsOn: null, freshIn: null, fromYear: 2019, untilYear: null },
	...{ how: 'all' as const, changeYear: null, seen: '', ...more }
});

/** Each form once. */
export async function makeOwnPlan(actor: Actor): Promise<void> {
	await does((tx) => makePlan(tx, actor, { id: own.plan, name: '独自の計画', kind: 'table' }));
	await does((tx) => addMeasure(tx, actor, own.plan, { ...content, id: own.measure }));
	const of = { id: own.cell, section: town.sections.safety, fromYear: 2019 };
	await does((tx) => addCell(tx, actor, own.measure, of));
	await does((tx) => addFigure(tx, actor, { ...lamps, id: own.figure, key: 'lamps', untilYear: null }));
	await does((tx) => addLine(tx, actor, own.cell, line('点検 {lamps}基', { id: own.line })));
}
