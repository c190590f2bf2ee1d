/** One list of what the rooms have to tell. */
import { equipmentNoticesOf, unreadEquipmentNotices } from '#lib/equipment/notices.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { runInNoticesOf, unreadRunInNotices } from '#lib/pockets/runInNotices.server.ts';
import { noticesOf, unreadNotices } from '#lib/watches/notices.server.ts';

const LIST = 50;

/** The actor's own notices of all rooms, newest first. */
export async function allNoticesOf(reader: Reader, actor: Actor, now: Date) {
	const watches = await noticesOf(reader, actor, now, LIST);
	const equipment = await equipmentNoticesOf(reader, actor, now, LIST);
	const runIns = await runInNoticesOf(reader, actor, now, LIST);
	const all = [
		...watches.map((one) => ({ room: 'watches' as const, ...one })),
		...equipment.map((one) => ({ room: 'equipment' as const, ...one })),
		...runIns.map((one) => ({ room: 'runIns' as const, ...one }))
	];
	// The lists come in order; of two in the same moment the later id is the later one.
	return all.sort((a, b) => b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : -1)).slice(0, LIST);
}

/** The red number. */
export const unreadOf = async (reader: Reader, actor: Actor, now: Date): Promise<number> =>
	(await unreadNotices(reader, actor)) +
	(await unreadEquipmentNotices(reader, actor, now)) +
	(await unreadRunInNotices(reader, actor, now));
