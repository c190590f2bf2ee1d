/** Who this server is to the phones, and its signature under a receipt. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction, type Reader, type Tx } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';
import { isOlder, PROTOCOL, type Ping, type Receipt } from './protocol.ts';
import { syncServer } from './tables.server.ts';

export type Self = typeof syncServer.$inferSelect;

const row = once((reader: Reader) => reader.select().from(syncServer).prepare());

async function selfOf(reader: Reader): Promise<Self | undefined> {
	const [found] = await row(reader).execute();
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

/** The server's own signature under the receipt of an accepted op: after a restore one of an earlier era is believed by it. */
export function signature(self: Pick<Self, 'secret' | 'server' | 'era'>, no: number, hash: string): string {
	return createHmac('sha256', self.secret).update(`${self.server}.${self.era}.${no}.${hash}`).digest('base64url');
}

/** Did we accept this op in an earlier era? Only a restore makes an earlier era, and only we can sign. */
export function promised(self: Self, hash: string, receipt: Receipt | undefined): boolean {
	if (!receipt || receipt.era >= self.era) return false;
	const [ours, theirs] = [signature({ ...self, era: receipt.era }, receipt.no, hash), receipt.sig].map((text) =>
		Buffer.from(text)
	);
	return ours!.length === theirs!.length && timingSafeEqual(ours!, theirs!);
}

/** When this era began: a restore sets it by the clock, in seconds. */
export async function restoredAt(tx: Tx): Promise<Date> {
	return new Date((await selfIn(tx)).era * 1000);
}

let oldest: string | undefined;

/** From now on phones with a build older than `minApp` are asked to update; never to one newer than `ours`: nobody could follow. */
export function askForApp(minApp: string | undefined, ours: string): void {
	oldest = isOlder(ours, minApp) ? undefined : minApp;
}

export const oldestApp = (): { minApp?: string } => (oldest === undefined ? {} : { minApp: oldest });
