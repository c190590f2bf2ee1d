/**
 * The three rows every op leaves, as statements built once per connection: building the SQL of a push anew costs several times what
 * storing it does.
 */
import { getTableColumns, sql } from 'drizzle-orm';
import type { Tx } from '#lib/server/db/index.ts';
import { syncOp, syncOutcome, syncPayload } from './tables.server.ts';

type Of<T extends { $inferInsert: object }> = Required<T['$inferInsert']>;

function build(tx: Tx) {
	const slots = (names: string[]) => Object.fromEntries(names.map((name) => [name, sql.placeholder(name)]));
	const op = slots(Object.keys(getTableColumns(syncOp)));
	const payload = slots(Object.keys(getTableColumns(syncPayload)));
	const outcome = slots(Object.keys(getTableColumns(syncOutcome)).filter((name) => name !== 'no'));
	return {
		op: tx
			.insert(syncOp)
			.values(op as never)
			.prepare(),
		payload: tx
			.insert(syncPayload)
			.values(payload as never)
			.prepare(),
		outcome: tx
			.insert(syncOutcome)
			.values(outcome as never)
			.prepare()
	};
}

const built = new WeakMap<Tx, ReturnType<typeof build>>();
function statements(tx: Tx): ReturnType<typeof build> {
	let found = built.get(tx);
	if (!found) built.set(tx, (found = build(tx)));
	return found;
}

export const insertOp = (tx: Tx, row: Of<typeof syncOp>): void => void statements(tx).op.run(row);
export const insertPayload = (tx: Tx, row: Of<typeof syncPayload>): void => void statements(tx).payload.run(row);
export const insertOutcome = (tx: Tx, row: Omit<Of<typeof syncOutcome>, 'no'>): void =>
	void statements(tx).outcome.run(row);
