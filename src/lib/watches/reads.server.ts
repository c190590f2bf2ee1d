/** What the screens of this room show, always through the actor. */
import { and, asc, eq, gt, gte, inArray, isNull, lte, ne, sql, type SQL } from 'drizzle-orm';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { association, membership, person } from '#lib/people/tables.server.ts';
import { can, reachOf, type Actor } from '#lib/people/permissions.ts';
import { within } from './scope.server.ts';
import { overlaps, statusOf, type ShiftStatus } from './shift.ts';
import { attendance, campaign, place, shift, shiftCancelling, signUp } from './tables.server.ts';

export const seatsTaken = sql<number>`(select count(*) from ${signUp} where ${signUp.shift} = ${shift.id} and "endedAt" is null)`;
const seatOf = (who: string) =>
	sql<number>`exists (select 1 from ${signUp} where ${signUp.shift} = ${shift.id} and "endedAt" is null and ${signUp.person} = ${who})`;

/** One shift as lists show it. */
export type ShiftLine = Awaited<ReturnType<typeof lines>>[number];

/** Shifts of a WHERE in the order of time, with their status at `now` and whether `who` holds a seat. */
async function lines(reader: Reader, where: SQL | undefined, who: string, now: Date, limit = 5000) {
	const found = await reader
		.select({
			id: shift.id,
			onDay: shift.onDay,
			from: shift.from,
			to: shift.to,
			startsAt: shift.startsAt,
			endsAt: shift.endsAt,
			programme: shift.programme,
			association: shift.association,
			associationName: association.name,
			place: { id: place.id, kind: place.kind, name: place.name, meetingSpot: place.meetingSpot, metres: place.metres },
			capacity: shift.capacity,
			minimum: shift.minimum,
			note: shift.note,
			joined: seatsTaken,
			mine: seatOf(who),
			reason: shiftCancelling.reason,
			reasonWords: shiftCancelling.words
		})
		.from(shift)
		.innerJoin(place, eq(place.id, shift.place))
		.innerJoin(association, eq(association.id, shift.association))
		.leftJoin(shiftCancelling, eq(shiftCancelling.shift, shift.id))
		.where(where)
		.orderBy(asc(shift.onDay), asc(shift.from), asc(shift.id))
		.limit(limit);
	return found.map((one) => {
		const status: ShiftStatus = statusOf({ ...one, cancelled: one.reason !== null }, now);
		return { ...one, mine: Boolean(one.mine), status };
	});
}

/** One line by id, if the actor sees it. */
export async function shiftLine(reader: Reader, actor: Actor, id: string, now: Date): Promise<ShiftLine> {
	const seen = await within(reader, actor, 'shift.see', shift);
	const [found] = await lines(reader, and(eq(shift.id, id), seen), actor.person, now, 1);
	if (!found) throw new NotFound('shift');
	return found;
}

/** Every shift of a month of one body. */
export async function monthOfBody(reader: Reader, actor: Actor, body: string, month: string, now: Date) {
	const seen = await within(reader, actor, 'shift.see', shift);
	const days = and(gte(shift.onDay, `${month}-01`), lte(shift.onDay, `${month}-31`));
	return lines(reader, and(eq(shift.association, body), days, seen), actor.person, now);
}

/** Per day of a month over all bodies the actor sees: how many watches, how many still lack people, how many are off. */
export async function monthOfAll(reader: Reader, actor: Actor, month: string, now: Date) {
	const seen = await within(reader, actor, 'shift.see', shift);
	const off = sql`${shiftCancelling.shift} is not null`;
	return reader
		.select({
			onDay: shift.onDay,
			shifts: sql<number>`count(*)`,
			cancelled: sql<number>`sum(${off})`,
			lacking: sql<number>`sum(not (${off}) and ${shift.endsAt} > ${now.getTime()} and ${seatsTaken} < ${shift.minimum})`
		})
		.from(shift)
		.leftJoin(shiftCancelling, eq(shiftCancelling.shift, shift.id))
		.where(and(gte(shift.onDay, `${month}-01`), lte(shift.onDay, `${month}-31`), seen))
		.groupBy(shift.onDay)
		.orderBy(asc(shift.onDay));
}

/** Bodies that have watches in a month, with their counts: the clerk's list beside the month. */
export async function bodiesOfMonth(reader: Reader, actor: Actor, month: string, now: Date) {
	const seen = await within(reader, actor, 'shift.see', shift);
	const off = sql`${shiftCancelling.shift} is not null`;
	return reader
		.select({
			id: association.id,
			name: association.name,
			shifts: sql<number>`count(*)`,
			lacking: sql<number>`sum(not (${off}) and ${shift.endsAt} > ${now.getTime()} and ${seatsTaken} < ${shift.minimum})`
		})
		.from(shift)
		.innerJoin(association, eq(association.id, shift.association))
		.leftJoin(shiftCancelling, eq(shiftCancelling.shift, shift.id))
		.where(and(gte(shift.onDay, `${month}-01`), lte(shift.onDay, `${month}-31`), seen))
		.groupBy(association.id)
		.orderBy(asc(association.kana));
}

/** Names on the seats of these shifts, by seat: for the duty sheet and the month of a leader. */
export async function namesOn(reader: Reader, shifts: readonly ShiftLine[]): Promise<Map<string, string[]>> {
	const names = new Map<string, string[]>();
	if (shifts.length === 0) return names;
	const found = await reader
		.select({ shift: signUp.shift, name: person.name })
		.from(signUp)
		.innerJoin(person, eq(person.id, signUp.person))
		.where(
			and(
				inArray(
					signUp.shift,
					shifts.map((one) => one.id)
				),
				isNull(signUp.endedAt)
			)
		)
		.orderBy(asc(signUp.shift), asc(signUp.seat));
	for (const one of found) names.set(one.shift, [...(names.get(one.shift) ?? []), one.name]);
	return names;
}

/** The agenda of a volunteer: the coming watches of the own bodies, each with what of mine it overlaps. */
export async function agendaOf(reader: Reader, actor: Actor, now: Date, days = 30) {
	const seen = await within(reader, actor, 'shift.join', shift);
	const today = jstDay(now);
	const coming = and(gte(shift.onDay, today), lte(shift.onDay, addDays(today, days)), gt(shift.endsAt, now), seen);
	const found = await lines(reader, coming, actor.person, now, 300);
	const mine = found.filter((one) => one.mine && one.status !== 'cancelled');
	return found.map((one) => ({
		...one,
		clash: mine.find((other) => other.id !== one.id && overlaps(one, other))
	}));
}

/** Watches the person has a seat in that overlap this one. Said, never forbidden. */
export async function clashesOf(
	reader: Reader,
	line: Pick<ShiftLine, 'id' | 'startsAt' | 'endsAt' | 'onDay'>,
	who: string,
	now: Date
) {
	const theirs = sql`${shift.id} in (select ${signUp.shift} from ${signUp} where ${signUp.person} = ${who} and "endedAt" is null)`;
	const found = await lines(
		reader,
		and(theirs, eq(shift.onDay, line.onDay), ne(shift.id, line.id), isNull(shiftCancelling.shift)),
		who,
		now
	);
	return found.filter((one) => overlaps(one, line));
}

/** Who holds which seat, and whether they came. Names only. */
export const seatsOf = (reader: Reader, shiftId: string) =>
	reader
		.select({
			id: signUp.id,
			seat: signUp.seat,
			person: signUp.person,
			name: person.name,
			kind: signUp.kind,
			byOther: sql<number>`${signUp.by} <> ${signUp.person}`,
			result: attendance.result
		})
		.from(signUp)
		.innerJoin(person, eq(person.id, signUp.person))
		.leftJoin(attendance, eq(attendance.signUp, signUp.id))
		.where(and(eq(signUp.shift, shiftId), isNull(signUp.endedAt)))
		.orderBy(asc(signUp.seat));

/** Members of the body who hold no seat of this shift. */
export async function membersFree(reader: Reader, body: string, seats: readonly { person: string }[]) {
	const found = await reader
		.selectDistinct({ id: person.id, name: person.name, kana: person.kana })
		.from(membership)
		.innerJoin(person, eq(person.id, membership.person))
		.where(and(eq(membership.association, body), isNull(membership.endedOn)))
		.orderBy(asc(person.kana));
	return found.filter((one) => !seats.some((seat) => seat.person === one.id)).map(({ id, name }) => ({ id, name }));
}

/** Everything of one shift's page: seats and members only for those who may know names of that body. */
export async function shiftPage(reader: Reader, actor: Actor, id: string, now: Date) {
	const line = await shiftLine(reader, actor, id, now);
	const [of] = await reader
		.select({ line: place.line, campaign: campaign.name })
		.from(shift)
		.innerJoin(place, eq(place.id, shift.place))
		.leftJoin(campaign, eq(campaign.id, shift.campaign))
		.where(eq(shift.id, id));
	const target = { association: line.association };
	const mayEdit = can(actor, 'shift.edit', target);
	const mayJoin = can(actor, 'shift.join', target);
	const seesNames = can(actor, 'roster.see', target);
	const seats = await seatsOf(reader, id);
	return {
		line,
		drawn: of?.line ?? [],
		campaign: of?.campaign ?? null,
		mayEdit,
		mayJoin,
		seats: seesNames ? seats : [],
		free: mayEdit || (mayJoin && line.mine) ? await membersFree(reader, line.association, seats) : [],
		clashes: mayJoin ? await clashesOf(reader, line, actor.person, now) : []
	};
}

/** The next watch this person has promised. Home asks it. */
export async function nextShift(reader: Reader, actor: Actor, now: Date): Promise<ShiftLine | undefined> {
	const mine = sql`${shift.id} in (select ${signUp.shift} from ${signUp} where ${signUp.person} = ${actor.person} and "endedAt" is null)`;
	const seen = await within(reader, actor, 'shift.see', shift);
	const coming = and(seen, gt(shift.endsAt, now), isNull(shiftCancelling.shift));
	return (await lines(reader, and(mine, coming), actor.person, now, 1))[0];
}

/** The next watch of the own bodies that still lacks people and is not mine: what home offers who has promised nothing. */
export async function nextOpenShift(reader: Reader, actor: Actor, now: Date): Promise<ShiftLine | undefined> {
	if (reachOf(actor, 'shift.join').associations.length === 0) return undefined;
	return (await agendaOf(reader, actor, now, 14)).find((one) => !one.mine && one.status === 'open');
}

/** Coming watches of 14 days that lack people, in the bodies whose watches the actor keeps. */
export async function lackingCount(reader: Reader, actor: Actor, now: Date): Promise<number> {
	const kept = await within(reader, actor, 'shift.edit', shift);
	const today = jstDay(now);
	const [found] = await reader
		.select({ n: sql<number>`count(*)` })
		.from(shift)
		.leftJoin(shiftCancelling, eq(shiftCancelling.shift, shift.id))
		.where(
			and(
				gte(shift.onDay, today),
				lte(shift.onDay, addDays(today, 14)),
				gt(shift.endsAt, now),
				isNull(shiftCancelling.shift),
				sql`${seatsTaken} < ${shift.minimum}`,
				kept
			)
		);
	return found?.n ?? 0;
}
