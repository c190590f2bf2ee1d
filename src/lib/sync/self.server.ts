/** Who this server is to the phones, and its signature under a receipt. */
import { createHmac, randomBytes } from 'node:crypto';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction, type Reader, type Tx } from '#lib/server/db/index.ts';
import { PROTOCOL, type Ping } from './protocol.ts';
import { syncServer } from './tables.server.ts';

export type Self = typeof syncServer.$inferSelect;

async function selfOf(reader: Reader): Promise<Self | undefined> {
	const [found] = await reader.select().from(syncServer);
	return found;
}

/** The row of this server inside a transaction; made at the first call of its life. */
export async function selfIn(tx: Tx): Promise<Self> {
	const found = await selfOf(tx);
	if (found) return found;
	const made = {
		one: 1,
		server: newId(),
		era: 1,
		backupNo: 0,
		lastNo: 0,
		secret: randomBytes(32).toString('base64url')
	};
	await tx.insert(syncServer).values(made);
	return made;
}

/** What every answer begins with. */
export async function greeting(now: Date): Promise<Ping> {
	const self = (await selfOf(db)) ?? (await transaction(selfIn));
	return { p: PROTOCOL, server: self.server, era: self.era, now: now.toISOString() };
}

/** The server's own signature of a receipt: one of an earlier era is believed by it. */
export function signature(self: Self, no: number, hash: string): string {
	return createHmac('sha256', self.secret).update(`${self.server}.${self.era}.${no}.${hash}`).digest('base64url');
}
