/** The first way in: a link printed in the terminal of the server, good once, and only while there is no administrator. */
import { randomBytes } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { hashed } from './sessions.server.ts';
import { account, roleGrant, setupLink } from './tables.server.ts';

/** Whether nobody has ever been an administrator with an account. An administrator whose year has ended counts: the link is no back door. */
export async function needsSetup(reader: Reader): Promise<boolean> {
	const [admin] = await reader
		.select({ person: account.person })
		.from(roleGrant)
		.innerJoin(account, eq(account.person, roleGrant.person))
		.where(eq(roleGrant.role, 'admin'))
		.limit(1);
	return !admin;
}

/** Makes a new link and ends those before it. Returns its path; the table holds only the hash. */
export async function makeSetupLink(tx: Tx, now: Date): Promise<string> {
	const token = randomBytes(24).toString('base64url');
	await tx.delete(setupLink).where(isNull(setupLink.usedAt));
	await tx.insert(setupLink).values({ id: hashed(token), createdAt: now, usedAt: null });
	return `/setup?link=${token}`;
}

/** Whether a link opens the setup now. */
export async function opensSetup(reader: Reader, token: string): Promise<boolean> {
	const [link] = await reader
		.select({ id: setupLink.id })
		.from(setupLink)
		.where(and(eq(setupLink.id, hashed(token)), isNull(setupLink.usedAt)));
	return link !== undefined && (await needsSetup(reader));
}
