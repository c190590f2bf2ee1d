/** What other rooms may ask about ops. */
import { inArray } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/index.ts';
import { syncOp } from './tables.server.ts';

/** Which of these ops were promised before a restore, by our own signature. */
export async function promisedAmong(reader: Reader, ids: string[]): Promise<Set<string>> {
	if (ids.length === 0) return new Set();
	const found = await reader.select({ id: syncOp.id, flags: syncOp.flags }).from(syncOp).where(inArray(syncOp.id, ids));
	return new Set(found.filter((one) => one.flags?.includes('promised')).map((one) => one.id));
}
