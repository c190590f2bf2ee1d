/** What came back to its author: the phone shows it as 直してください until a corrected version has answered it. */
import { and, desc, eq, isNull } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import type { PackSentBack } from '#lib/watches/pack.ts';
import { beside, isLatest } from './open.server.ts';
import { log, logConfirmation, logMerge, logSendBack, logVersion, logWithdrawal } from './tables.server.ts';

/** Own logs whose latest version was sent back, newest first, a phone's screenful. */
export function sentBackTo(tx: Reader, actor: Actor): Promise<PackSentBack[]> {
	return tx
		.select({ version: logVersion.id, reason: logSendBack.reason })
		.from(log)
		.innerJoin(logVersion, isLatest)
		.innerJoin(logSendBack, beside.sendBack)
		.leftJoin(logConfirmation, beside.confirmation)
		.leftJoin(logWithdrawal, beside.withdrawal)
		.leftJoin(logMerge, beside.merge)
		.where(
			and(
				eq(log.municipality, actor.municipality),
				eq(log.author, actor.person),
				isNull(logConfirmation.version),
				isNull(logWithdrawal.log),
				isNull(logMerge.id)
			)
		)
		.orderBy(desc(logSendBack.at))
		.limit(20);
}
