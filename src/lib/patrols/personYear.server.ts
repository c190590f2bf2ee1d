/** The walks of one person in a fiscal year that count. */
import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/index.ts';
import { counts } from './counted.server.ts';
import { logAssociation, logPerson, logVersion } from './tables.server.ts';

/** One row for each of these bodies that a walk was with. Whoever asks has made sure that they may. */
export const walksOfPerson = (tx: Reader, of: string, person: string, bodies: readonly string[], fiscalYear: number) =>
	tx
		.select({
			association: logAssociation.association,
			programme: logVersion.programme,
			onDay: logVersion.onDay,
			departedAt: logVersion.departedAt,
			finishedAt: logVersion.finishedAt
		})
		.from(logPerson)
		.innerJoin(logVersion, eq(logVersion.id, logPerson.version))
		.innerJoin(logAssociation, eq(logAssociation.version, logVersion.id))
		.where(
			and(
				eq(logPerson.person, person),
				eq(logVersion.municipality, of),
				eq(logVersion.fiscalYear, fiscalYear),
				inArray(logAssociation.association, [...bodies]),
				counts(tx)
			)
		)
		.orderBy(asc(logVersion.departedAt), asc(logVersion.id));
