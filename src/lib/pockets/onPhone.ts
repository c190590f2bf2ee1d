/** What the phone's first screen asks of the refuge homes. Without their forms, which it does not need: it loads with every patrol. Pure. */
import type { PackVisits } from './visiting.ts';

/** Kind of the drafts of a child's running in, in the phone's store. */
export const runInDraftKind = 'runIn';

/** Lists whose round is not over by the phone's own day. */
export const stillOpen = (lists: readonly PackVisits[] | undefined, today: string): PackVisits[] =>
	(lists ?? []).filter((one) => today <= one.untilOn);
