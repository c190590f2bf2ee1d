/** お知らせ: who is told what about a shift, and what still waits to be read. */
import { and, count, desc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';
import { membership, person } from '#lib/people/tables.server.ts';
import { post } from '#lib/people/messages.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import type { NoticeKind } from './notice.ts';
import { within } from './scope.server.ts';
import { notice, place, shift, shiftCancelling, type Shift } from './tables.server.ts';

type Telling = {
	kind: NoticeKind;
	shift: Pick<Shift, 'id' | 'municipality'>;
	to: readonly string[];
	/** Whoever did it needs no telling. */
	by: Pick<Actor, 'person'>;
	about?: string;
	now: Date;
};

/** Writes one notice per person; the one who did it and the one it is about are not told of their own deed. */
export async function tell(tx: Tx, { kind, shift, to, by, about, now }: Telling): Promise<void> {
	const people = [...new Set(to)].filter((one) => one !== by.person);
	if (people.length === 0) return;
	const written = people.map((one) => ({
		id: newId(now.getTime()),
		municipality: shift.municipality,
		person: one,
		kind,
		shift: shift.id,
		about: about ?? null,
		at: now
	}));
	await tx.insert(notice).values(written);
	const told = written.map((one) => ({ person: one.person, thing: one.id }));
	await post(tx, { municipality: shift.municipality, room: 'watches', now }, told);
}

/** Everybody on the roster of a body but these. */
export async function othersOf(reader: Reader, body: string, but: readonly string[]): Promise<string[]> {
	const found = await reader
		.select({ person: membership.person })
		.from(membership)
		.where(and(eq(membership.association, body), isNull(membership.endedOn)));
	return found.map((one) => one.person).filter((one) => !but.includes(one));
}

const unreadAbout = once((tx: Tx) =>
	tx
		.delete(notice)
		.where(
			and(
				eq(notice.shift, sql.placeholder('shift')),
				eq(notice.kind, sql.placeholder('kind')),
				eq(notice.about, sql.placeholder('about')),
				isNull(notice.readAt)
			)
		)
		.prepare()
);

/** Takes back what has not been read yet: somebody changed their mind. */
export async function untell(tx: Tx, kind: NoticeKind, shiftId: string, about: string): Promise<void> {
	await unreadAbout(tx).execute({ shift: shiftId, kind, about });
}

const about = (of: Actor) => and(eq(notice.person, of.person), eq(notice.municipality, of.municipality));

/** How many wait to be read: the red number of the home screen. */
export async function unreadNotices(reader: Reader, actor: Actor): Promise<number> {
	const [found] = await reader
		.select({ n: count() })
		.from(notice)
		.where(and(about(actor), isNull(notice.readAt)));
	return found?.n ?? 0;
}

/** The actor's own notices, newest first, of the last 60 days. */
export async function noticesOf(reader: Reader, actor: Actor, now: Date, limit = 50) {
	return reader
		.select({
			id: notice.id,
			kind: notice.kind,
			at: notice.at,
			readAt: notice.readAt,
			shift: { id: shift.id, onDay: shift.onDay, from: shift.from, to: shift.to, programme: shift.programme },
			place: place.name,
			about: person.name,
			/** Who has left the body keeps the notice, but the watch is no longer theirs to see. */
			opens: sql<number>`${await within(reader, actor, 'shift.see', shift)}`,
			cancelling: { reason: shiftCancelling.reason, words: shiftCancelling.words }
		})
		.from(notice)
		.innerJoin(shift, eq(shift.id, notice.shift))
		.innerJoin(place, eq(place.id, shift.place))
		.leftJoin(person, eq(person.id, notice.about))
		.leftJoin(shiftCancelling, eq(shiftCancelling.shift, shift.id))
		.where(and(about(actor), gt(notice.at, new Date(now.getTime() - 60 * 86_400_000))))
		.orderBy(desc(notice.at), desc(notice.id))
		.limit(limit);
}

export type ShiftNotice = Awaited<ReturnType<typeof noticesOf>>[number];

/** The actor has seen these. */
export async function readNotices(tx: Tx, actor: Actor, ids: readonly string[], now: Date): Promise<void> {
	if (ids.length === 0) return;
	await tx
		.update(notice)
		.set({ readAt: now })
		.where(and(about(actor), inArray(notice.id, [...ids]), isNull(notice.readAt)));
}
