/** What was handed over for a request, and what came back of it. Who may see the request has been asked before. */
import { eq, inArray } from 'drizzle-orm';
import { person } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { handedBack, handover, handoverLine, item } from './tables.server.ts';

/** Hand-overs of a request, oldest first, each with its lines and what came back of them. */
export async function handoversOf(tx: Reader, id: string) {
	const heads = await tx
		.select({
			id: handover.id,
			state: handover.state,
			onDay: handover.onDay,
			fiscalYear: handover.fiscalYear,
			receivedBy: handover.receivedBy,
			signature: handover.signature,
			dueOn: handover.dueOn,
			by: person.name
		})
		.from(handover)
		.innerJoin(person, eq(person.id, handover.by))
		.where(eq(handover.request, id))
		.orderBy(handover.onDay, handover.id);
	const ids = heads.map((one) => one.id);
	if (ids.length === 0) return [];
	const lines = await tx
		.select({
			handover: handoverLine.handover,
			item: handoverLine.item,
			size: handoverLine.size,
			name: item.name,
			unit: item.unit,
			mode: item.mode,
			pieces: handoverLine.pieces,
			back: handoverLine.back
		})
		.from(handoverLine)
		.innerJoin(item, eq(item.id, handoverLine.item))
		.where(inArray(handoverLine.handover, ids))
		.orderBy(item.createdAt, item.id, handoverLine.size);
	const back = await tx
		.select({
			handover: handedBack.handover,
			name: item.name,
			unit: item.unit,
			size: handedBack.size,
			kind: handedBack.kind,
			pieces: handedBack.pieces,
			onDay: handedBack.onDay,
			reason: handedBack.reason
		})
		.from(handedBack)
		.innerJoin(item, eq(item.id, handedBack.item))
		.where(inArray(handedBack.handover, ids))
		.orderBy(handedBack.onDay, handedBack.id);
	return heads.map((head) => ({
		...head,
		lines: lines.filter((line) => line.handover === head.id),
		back: back.filter((line) => line.handover === head.id)
	}));
}
