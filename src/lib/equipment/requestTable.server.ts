/** The list of requests as a table of lines, for a file: which ones first, then their lines some at a time. */
import { desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { association } from '#lib/people/tables.server.ts';
import { among } from '#lib/server/db/among.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { narrowed, type RequestsOf } from './requestReads.server.ts';
import { numberOf } from './requests.server.ts';
import { item, request, requestLine } from './tables.server.ts';

/** All requests within reach as they are narrowed, in the order of the list: one that moves meanwhile is neither lost nor there twice. */
export async function idsOfRequests(tx: Reader, actor: Actor, of: RequestsOf): Promise<string[]> {
	const rows = await tx
		.select({ id: request.id })
		.from(request)
		.where(narrowed(tx, actor, of))
		.orderBy(desc(request.changedAt), desc(request.id));
	return rows.map((row) => row.id);
}

/** The lines of these requests in the order of `ids`, each with its request and its item. Who reaches them has been asked before. */
export async function linesForTable(tx: Reader, ids: readonly string[]) {
	const rows = await tx
		.select({
			request: request.id,
			receiptYear: request.receiptYear,
			receiptNo: request.receiptNo,
			body: association.name,
			state: request.state,
			sentAt: request.sentAt,
			decidedOn: request.decidedOn,
			name: item.name,
			size: requestLine.size,
			unit: item.unit,
			asked: requestLine.asked,
			suggested: requestLine.suggested,
			approved: requestLine.approved,
			allocated: requestLine.allocated,
			handed: requestLine.handed,
			reason: requestLine.reason
		})
		.from(requestLine)
		.innerJoin(request, eq(request.id, requestLine.request))
		.innerJoin(association, eq(association.id, request.association))
		.innerJoin(item, eq(item.id, requestLine.item))
		.where(among(requestLine.request, ids))
		.orderBy(item.createdAt, item.id, requestLine.size);
	const lines = Map.groupBy(rows, (row) => row.request);
	return ids.flatMap((id) => (lines.get(id) ?? []).map((line) => ({ ...line, number: numberOf(line) })));
}
