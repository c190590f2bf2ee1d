/** お知らせ about requests: written with the step itself, read by whoever still has to do with it. */
import { and, count, desc, eq, gt, inArray, isNull, or, sql, type SQL } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { holdersOf, leadersOf } from '#lib/people/grants.server.ts';
import { post } from '#lib/people/messages.server.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import { association } from '#lib/people/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { audienceOf, kindsFor, settled, told, type NoticeKind } from './notice.ts';
import { receiptNumber, type Deed } from './request.ts';
import { equipmentNotice as notice, request, requestDeed, type Request } from './tables.server.ts';

/** Tells the people whom a step concerns, and takes back what it has made idle. Nobody is told of their own deed. */
export async function tellStep(tx: Tx, actor: Actor, id: string, deed: Deed, now: Date): Promise<void> {
	await takeBack(tx, id, settled[deed] ?? []);
	const kind = told[deed];
	if (!kind) return;
	const [of] = await tx.select().from(request).where(eq(request.id, id));
	// What never left the body is no business of the city's.
	if (!of || of.receiptNo === null) return;
	await tell(tx, of, kind, { by: actor.person, now });
}

type Telling = { by?: string; now: Date; loan?: { handover: string; dueOn: string } };

/** Writes one notice per person of its audience. Returns how many. */
export async function tell(tx: Tx, of: Request, kind: NoticeKind, { by, now, loan }: Telling): Promise<number> {
	const people = (await concerned(tx, of, kind, jstDay(now))).filter((one) => one !== by);
	// The same once more while it is unread (handed over in parts, prepared again): one notice, at its latest hour.
	if (!loan) await takeBack(tx, of.id, [kind]);
	if (people.length === 0) return 0;
	const written = await tx
		.insert(notice)
		.values(
			people.map((person) => ({
				id: newId(now.getTime()),
				municipality: of.municipality,
				person,
				kind,
				request: of.id,
				handover: loan?.handover ?? null,
				dueOn: loan?.dueOn ?? null,
				at: now
			}))
		)
		.onConflictDoNothing()
		.returning({ person: notice.person, thing: notice.id });
	await post(tx, { municipality: of.municipality, room: 'equipment', now }, written);
	return written.length;
}

async function concerned(tx: Tx, of: Request, kind: NoticeKind, today: string): Promise<string[]> {
	const audience = audienceOf(kind);
	if (audience === 'clerks') return holdersOf(tx, of.municipality, 'safety', today);
	if (audience === 'approvers') return holdersOf(tx, of.municipality, 'approver', today);
	const leaders = await leadersOf(tx, of.association, today);
	const [sender] = await tx
		.select({ person: requestDeed.by })
		.from(requestDeed)
		.where(and(eq(requestDeed.request, of.id), eq(requestDeed.deed, 'send')))
		.orderBy(desc(requestDeed.id))
		.limit(1);
	return [...new Set([...leaders, ...(sender ? [sender.person] : [])])];
}

/** Unread notices of these kinds about a request are gone. */
async function takeBack(tx: Tx, id: string, kinds: readonly NoticeKind[]): Promise<void> {
	if (kinds.length === 0) return;
	await tx.delete(notice).where(and(eq(notice.request, id), inArray(notice.kind, [...kinds]), isNull(notice.readAt)));
}

const KEPT_DAYS = 60;

/** The actor's own of the last 60 days, as far as their roles of today still have to do with them. */
function mine(actor: Actor, now: Date): SQL | undefined {
	const own = reachOf(actor, 'request.make').associations;
	const roles = [
		reachOf(actor, 'request.prepare').all ? inArray(notice.kind, kindsFor('clerks')) : undefined,
		reachOf(actor, 'request.decide').all ? inArray(notice.kind, kindsFor('approvers')) : undefined,
		own.length > 0 ? and(inArray(notice.kind, kindsFor('body')), inArray(request.association, own)) : undefined
	];
	return and(
		eq(notice.person, actor.person),
		eq(notice.municipality, actor.municipality),
		gt(notice.at, new Date(now.getTime() - KEPT_DAYS * 86_400_000)),
		or(...roles) ?? sql`1 = 0`
	);
}

/** How many wait to be read. */
export async function unreadEquipmentNotices(reader: Reader, actor: Actor, now: Date): Promise<number> {
	const [found] = await reader
		.select({ n: count() })
		.from(notice)
		.innerJoin(request, eq(request.id, notice.request))
		.where(and(mine(actor, now), isNull(notice.readAt)));
	return found?.n ?? 0;
}

/** The actor's own notices about requests, newest first. */
export const equipmentNoticesOf = async (reader: Reader, actor: Actor, now: Date, limit = 50) =>
	numbered(await notices(reader, mine(actor, now), limit));
export type EquipmentNotice = Awaited<ReturnType<typeof equipmentNoticesOf>>[number];

/** One of them, while it waits to be read. */
export async function unreadNotice(reader: Reader, actor: Actor, id: string, now: Date) {
	const only = and(mine(actor, now), eq(notice.id, id), isNull(notice.readAt));
	return numbered(await notices(reader, only, 1))[0];
}

const notices = (reader: Reader, which: SQL | undefined, limit: number) =>
	reader
		.select({
			id: notice.id,
			kind: notice.kind,
			at: notice.at,
			readAt: notice.readAt,
			dueOn: notice.dueOn,
			request: request.id,
			receiptYear: request.receiptYear,
			receiptNo: request.receiptNo,
			body: association.name
		})
		.from(notice)
		.innerJoin(request, eq(request.id, notice.request))
		.innerJoin(association, eq(association.id, request.association))
		.where(which)
		.orderBy(desc(notice.at), desc(notice.id))
		.limit(limit);

const numbered = (rows: Awaited<ReturnType<typeof notices>>) =>
	rows.map(({ receiptYear, receiptNo, ...row }) => ({
		...row,
		number: receiptNumber(receiptYear ?? 0, receiptNo ?? 0)
	}));

/** The actor has seen these. */
export async function readEquipmentNotices(tx: Tx, actor: Actor, ids: readonly string[], now: Date): Promise<void> {
	if (ids.length === 0) return;
	await tx
		.update(notice)
		.set({ readAt: now })
		.where(
			and(
				eq(notice.person, actor.person),
				eq(notice.municipality, actor.municipality),
				inArray(notice.id, [...ids]),
				isNull(notice.readAt)
			)
		);
}
