/**
 * The keys of emergency copies. They rest in the database, so a backup brings them back: a copy seals what a phone lost out of its
 * hands against whoever finds it, not against the server it is meant for.
 */
import { desc, eq } from 'drizzle-orm';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction, type Reader } from '#lib/server/db/index.ts';
import { newRescueKeys, type RescueKey } from './rescue.ts';
import { syncKey } from './tables.server.ts';

const newest = async (reader: Reader): Promise<RescueKey | undefined> => {
	const [found] = await reader
		.select({ id: syncKey.id, publicKey: syncKey.publicKey })
		.from(syncKey)
		.orderBy(desc(syncKey.at), desc(syncKey.id))
		.limit(1);
	return found;
};

/** The key phones seal to; made at the first call of the server's life. */
export async function rescueKey(now: Date): Promise<RescueKey> {
	const found = await newest(db);
	if (found) return found;
	const made = { id: newId(now.getTime()), at: now, ...(await newRescueKeys()) };
	return transaction(async (tx) => {
		// Somebody may have made one meanwhile.
		const there = await newest(tx);
		if (there) return there;
		await tx.insert(syncKey).values(made);
		return { id: made.id, publicKey: made.publicKey };
	});
}

/** The private half of a key, by the id a file names. */
export async function privateKeyOf(reader: Reader, id: string): Promise<string | undefined> {
	const [found] = await reader.select({ key: syncKey.privateKey }).from(syncKey).where(eq(syncKey.id, id));
	return found?.key;
}
