/** A figure as the settings list it. Pure. */
import type { PlanKind } from './measure.ts';
import type { Value } from './metric.ts';

export type Shown = {
	key: string;
	previous: Value;
	current: Value;
	/** The id of a typed one. */
	typed: string | undefined;
	uses: { plan: string; kind: PlanKind; measure: string; number: number; words: string }[];
};
