/** What bodies have walked in the last months, as the rules for equipment ask it: many bodies in one question. */
import { and, count, countDistinct, eq, gte, isNull, lte, max, sql } from 'drizzle-orm';
import { firstOfMonth } from '#lib/calendar/day.ts';
import { among } from '#lib/server/db/among.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { beside, isLatest } from './open.server.ts';
import {
	log,
	logAssociation,
	logConfirmation,
	logMerge,
	logPerson,
	logVersion,
	logWithdrawal
} from './tables.server.ts';

/** `byMonth`: confirmed walks of each month. `people`: how many different ones of the roster walked. `most`: who walked at once. */
export type WalkedInMonths = { byMonth: Map<string, number>; people: number; most: number };

/**
 * Confirmed walks from a month (`YYYY-MM`) to a day, by body: of every programme, for watching the way to school is patrolling,
 * too. Bodies that walked nothing are not in it. People are counted where they are asked for: it is the dearer half.
 */
export async function walkedInMonths(
	tx: Reader,
	bodies: readonly string[],
	from: string,
	to: string,
	withPeople: boolean
): Promise<Map<string, WalkedInMonths>> {
	const theirs = and(
		among(logAssociation.association, bodies),
		gte(logVersion.onDay, firstOfMonth(from)),
		lte(logVersion.onDay, to),
		isNull(logWithdrawal.log),
		isNull(logMerge.id)
	);
	const month = sql<string>`substr(${logVersion.onDay}, 1, 7)`;
	const months = await tx
		.select({ body: logAssociation.association, month, walks: count(), most: max(logVersion.headcount) })
		.from(logAssociation)
		.innerJoin(logVersion, eq(logVersion.id, logAssociation.version))
		.innerJoin(log, isLatest)
		.innerJoin(logConfirmation, beside.confirmation)
		.leftJoin(logWithdrawal, beside.withdrawal)
		.leftJoin(logMerge, beside.merge)
		.where(theirs)
		.groupBy(logAssociation.association, month);
	const people = withPeople
		? await tx
				.select({ body: logAssociation.association, n: countDistinct(logPerson.person) })
				.from(logAssociation)
				.innerJoin(logVersion, eq(logVersion.id, logAssociation.version))
				.innerJoin(log, isLatest)
				.innerJoin(logConfirmation, beside.confirmation)
				.leftJoin(logWithdrawal, beside.withdrawal)
				.leftJoin(logMerge, beside.merge)
				.innerJoin(logPerson, eq(logPerson.version, logVersion.id))
				.where(theirs)
				.groupBy(logAssociation.association)
		: [];
	const found = new Map<string, WalkedInMonths>();
	for (const { body, month, walks, most } of months) {
		const one = found.get(body) ?? { byMonth: new Map<string, number>(), people: 0, most: 0 };
		one.byMonth.set(month, walks);
		one.most = Math.max(one.most, most ?? 0);
		found.set(body, one);
	}
	for (const { body, n } of people) found.get(body)!.people = n;
	return found;
}
