/**
 * Who is signed in. Lucia lives behind this file alone: it makes and reads session ids; the table holds only their SHA-256.
 * Lucia knows one lifetime, renewed in its second half, so the limits of `session.ts` stand beside it and its renewal is off.
 */
import { hash } from 'node:crypto';
import { and, desc, eq, lt, ne, sql } from 'drizzle-orm';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { jstDay } from '#lib/calendar/day.ts';
import type { Column } from '#lib/server/db/columns.ts';
import { transaction, type Reader, type Tx } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';
import { grantsOf } from './grants.server.ts';
import { isStaff, type Actor } from './permissions.ts';
import { isOver, limits, SEEN_EVERY, type SignInWay } from './session.ts';
import { accountDisabling, passwordLink, person, pushSubscription, session, signInStep } from './tables.server.ts';

type Row = Omit<typeof session.$inferSelect, 'id' | 'person' | 'expiresAt'>;
/** The account of a session: nobody with an `end` is let in. */
type Account = { name: string | null; end: number | null };
declare module 'lucia' {
	interface Register {
		Lucia: Lucia<Row, Account>;
		DatabaseSessionAttributes: Row;
		DatabaseUserAttributes: Account;
	}
}

export const sessionCookie = (secure: boolean) => (secure ? '__Host-mp' : 'mp');

/** What is stored of a secret that a browser or a paper keeps. */
export const hashed = (secret: string) => hash('sha256', secret);

/** The signed-in person of a session cookie, or undefined. Called once per request, at the edge: it notes `lastSeenAt`. */
export async function actorOfSession(
	db: Reader,
	municipality: string,
	cookie: string | undefined,
	now: Date
): Promise<Actor | undefined> {
	if (!cookie) return undefined;
	const { session: found, user } = await luciaAt(db, now).validateSession(cookie);
	if (!found || found.municipality !== municipality) return undefined;
	const actor = await withGrants(db, municipality, found.userId, user, now);
	if (!actor || isOver(found, isStaff(actor), now)) return undefined;
	if (now.getTime() - found.lastSeenAt.getTime() >= SEEN_EVERY)
		await transaction(async (tx) => {
			await tx
				.update(session)
				.set({ lastSeenAt: now })
				.where(and(eq(session.id, hashed(cookie)), lt(session.lastSeenAt, now)));
		});
	return actor;
}

/** Name and end of the account of `id`, looked up beside each row: dearer as joins. */
const account = (db: Reader, id: Column, municipality: Column) => {
	const name = db
		.select({ name: person.name })
		.from(person)
		.where(and(eq(person.id, id), eq(person.municipality, municipality)));
	const end = db.select({ at: accountDisabling.at }).from(accountDisabling).where(eq(accountDisabling.person, id));
	return { name: sql<string | null>`${name}`, end: sql<number | null>`${end}` };
};
// Every request asks it.
const sessionByHash = once((db: Reader) =>
	db
		.select({ session, ...account(db, session.person, session.municipality) })
		.from(session)
		.where(eq(session.id, sql.placeholder('hash')))
		.prepare()
);
const personById = once((db: Reader) =>
	db
		.select({ name: person.name, end: accountDisabling.at })
		.from(person)
		.leftJoin(accountDisabling, eq(accountDisabling.person, person.id))
		.where(and(eq(person.id, sql.placeholder('who')), eq(person.municipality, sql.placeholder('municipality'))))
		.prepare()
);

/** A person with the roles of today. Undefined when there is nobody, or the account is disabled. */
export async function actorOf(db: Reader, municipality: string, who: string, now: Date): Promise<Actor | undefined> {
	const [found] = await personById(db).execute({ who, municipality });
	return found && withGrants(db, municipality, who, found, now);
}

async function withGrants(
	db: Reader,
	municipality: string,
	who: string,
	{ name, end }: { name: string | null; end: number | Date | null },
	now: Date
): Promise<Actor | undefined> {
	if (name === null || end !== null) return undefined;
	return { municipality, person: who, name, grants: await grantsOf(db, municipality, who, jstDay(now)) };
}

/** Signs a person in on a device. Returns what the cookie shall hold: a new id every time. */
export async function signIn(
	tx: Tx,
	who: { municipality: string; person: string },
	device: string,
	way: SignInWay,
	now: Date
): Promise<string> {
	const made = await lucia(tx).createSession(who.person, {
		municipality: who.municipality,
		device,
		way,
		createdAt: now,
		lastSeenAt: now
	});
	return made.id;
}

/** Gives the device of this cookie a new id, as at every change of rights. The absolute end stays. Undefined when it is not signed in. */
export async function renewSession(tx: Tx, actor: Actor, cookie: string): Promise<string | undefined> {
	const [old] = await tx
		.delete(session)
		.where(and(eq(session.id, hashed(cookie)), eq(session.person, actor.person)))
		.returning();
	if (!old) return undefined;
	const { id: _id, person: who, expiresAt: _end, ...kept } = old;
	const renewed = (await lucia(tx).createSession(who, kept)).id;
	// The device is the same: it goes on being told.
	await tx
		.update(pushSubscription)
		.set({ session: hashed(renewed) })
		.where(eq(pushSubscription.session, old.id));
	return renewed;
}

/** Signs this device out. */
export async function signOut(tx: Tx, cookie: string): Promise<void> {
	await lucia(tx).invalidateSession(cookie);
}

/** Signs every device of a person out, but for the one of this cookie. */
export async function signOutEverywhere(tx: Tx, who: string, butCookie?: string): Promise<void> {
	await tx
		.delete(session)
		.where(and(eq(session.person, who), butCookie ? ne(session.id, hashed(butCookie)) : undefined));
}

/** The devices on which the actor is signed in, the latest first. `here` marks the one of this cookie. */
export async function devicesOf(db: Reader, actor: Actor, cookie: string | undefined, now: Date) {
	const rows = await db
		.select()
		.from(session)
		.where(and(eq(session.municipality, actor.municipality), eq(session.person, actor.person)))
		.orderBy(desc(session.lastSeenAt));
	const here = cookie && hashed(cookie);
	return rows
		.filter((row) => !isOver(row, isStaff(actor), now))
		.map(({ id, device, way, createdAt, lastSeenAt }) => ({
			id,
			device,
			way,
			createdAt,
			lastSeenAt,
			here: id === here
		}));
}

/** Takes one of the actor's devices out. False when it is not there, or not theirs. */
export async function removeDevice(tx: Tx, actor: Actor, device: string): Promise<boolean> {
	const gone = await tx
		.delete(session)
		.where(and(eq(session.id, device), eq(session.person, actor.person), eq(session.municipality, actor.municipality)))
		.returning({ id: session.id });
	return gone.length === 1;
}

/** Removes sessions, half-done sign-ins and links that are over for everybody. Run nightly; they open nothing before that. Returns how many sessions. */
export async function sweepSessions(tx: Tx, now: Date): Promise<number> {
	await tx.delete(signInStep).where(lt(signInStep.expiresAt, now));
	await tx.delete(passwordLink).where(lt(passwordLink.expiresAt, now));
	const gone = await tx.delete(session).where(lt(session.expiresAt, now)).returning({ id: session.id });
	return gone.length;
}

const options = {
	sessionExpiresIn: new TimeSpan(limits.volunteer.absolute, 'ms'),
	getSessionAttributes: (row: Row) => row,
	getUserAttributes: (account: Account) => account
};
/** Lucia for reading at a moment: it asks the machine's clock, so the end is told to it relative to that. */
const luciaAt = (db: Reader, now: Date) => new Lucia(adapter(db, undefined, Date.now() - now.getTime()), options);
const lucia = (tx: Tx) => new Lucia(adapter(tx, tx, 0), options);

/** Lucia's door to the table: hashes go in, never the id itself. It writes only where there is a `Tx`. */
function adapter(db: Reader, tx: Tx | undefined, shift: number): Adapter {
	const writing = () => {
		if (!tx) throw new Error('a session is written in a transaction');
		return tx;
	};
	const shaped = (row: typeof session.$inferSelect, id: string): DatabaseSession => {
		const { person: userId, expiresAt, id: _hash, ...attributes } = row;
		return { id, userId, expiresAt: new Date(expiresAt.getTime() + shift), attributes };
	};
	return {
		async getSessionAndUser(id) {
			const [row] = await sessionByHash(db).execute({ hash: hashed(id) });
			if (!row) return [null, null];
			const { session: found, ...attributes } = row;
			return [shaped(found, id), { id: found.person, attributes }];
		},
		async getUserSessions(userId) {
			const rows = await db.select().from(session).where(eq(session.person, userId));
			return rows.map((row) => shaped(row, row.id));
		},
		async setSession({ id, userId, attributes }) {
			const end = new Date(attributes.createdAt.getTime() + limits.volunteer.absolute);
			await writing()
				.insert(session)
				.values({ ...attributes, id: hashed(id), person: userId, expiresAt: end });
		},
		// The absolute end never moves.
		async updateSessionExpiration() {},
		// Lucia deletes what it finds expired even while only reading; the nightly sweep does that here.
		async deleteSession(id) {
			await tx?.delete(session).where(eq(session.id, hashed(id)));
		},
		async deleteUserSessions(userId) {
			await writing().delete(session).where(eq(session.person, userId));
		},
		async deleteExpiredSessions() {
			await writing().delete(session).where(lt(session.expiresAt, new Date()));
		}
	};
}
