/** Accounts by id and password. */
import { and, eq } from 'drizzle-orm';
import type { Reader } from '#lib/server/db/index.ts';
import { account, person, roleGrant } from './tables.server.ts';

/** The account of a folded login id, or undefined. */
export async function accountOf(db: Reader, municipality: string, loginId: string) {
	const [found] = await db
		.select()
		.from(account)
		.where(and(eq(account.municipality, municipality), eq(account.loginId, loginId)));
	return found;
}

/** The accounts of an invented town, for its sign-in buttons. Nothing where the municipality is a real one. */
export async function demoAccounts(db: Reader, here: { id: string; demo: boolean }) {
	if (!here.demo) return [];
	return db
		.select({ loginId: account.loginId, person: account.person, name: person.name, role: roleGrant.role })
		.from(account)
		.innerJoin(person, eq(person.id, account.person))
		.leftJoin(roleGrant, eq(roleGrant.person, account.person))
		.where(eq(account.municipality, here.id))
		.orderBy(account.person);
}
