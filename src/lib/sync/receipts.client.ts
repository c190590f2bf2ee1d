/** What a receipt makes of a row of the outbox. */
import type { OpRow } from './database.client.ts';
import type { Result } from './protocol.ts';

/** So often the server may say "damaged" before the person is shown. */
const DAMAGED = 3;

/** The row after the server's word about it. What had been delivered stays so, whatever is said of a copy. */
export function receipted(row: OpRow, result: Result, receivedAt: Date, era: number): OpRow {
	const { reason: _reason, ...rest } = row;
	if (result.s === 'corrupt') {
		if (row.state === 'delivered') return row;
		const damaged = row.damaged + 1;
		return damaged >= DAMAGED ? { ...row, damaged, state: 'broken', reason: 'damaged' } : { ...row, damaged };
	}
	const receipt = { ...rest, state: 'delivered' as const, no: result.no, era, receivedAt: receivedAt.getTime() };
	if (result.s === 'conflict')
		return { ...receipt, outcome: { is: 'rejected', code: 'error_sync_conflict', fix: 'leader' } };
	return { ...receipt, outcome: result.outcome, ...(result.sig !== undefined && { sig: result.sig }) };
}
