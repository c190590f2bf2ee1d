/**
 * `node tests/security/second-town.ts <file>`: puts the second town into a database that holds the first, gives the first what
 * its demo lacks (an offered role, a consent, photos that have arrived), and prints the keys of both towns as JSON: a code, a
 * calendar address, a password link, the link of a host of a refuge home.
 */
import { randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearAt, fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { grantsOf } from '#lib/people/grants.server.ts';
import { offerRole } from '#lib/people/handovers.server.ts';
import { makeInvitation } from '#lib/people/invitations.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { hashed } from '#lib/people/sessions.server.ts';
import { makePasswordLink } from '#lib/people/staff.server.ts';
import { consent, membership } from '#lib/people/tables.server.ts';
import { finding, findingPhoto } from '#lib/patrols/findingTables.server.ts';
import { apply, explain, register } from '#lib/pockets/pockets.server.ts';
import { pocketLink } from '#lib/pockets/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { closeDatabase, openDatabase, transaction, type Tx } from '#lib/server/db/index.ts';
import { syncBlob } from '#lib/sync/tables.server.ts';
import { makeFeed } from '#lib/watches/feeds.server.ts';
import { actorFor, demoPeople, otherLeader, otherTown, secondTown, town } from '../people.ts';

const now = new Date();
const today = jstDay(now);
openDatabase(process.argv[2]!);

/** A registered home with a link for its host. */
async function hostLink(tx: Tx, municipality: string, person: string, school: string): Promise<string> {
	const clerk: Actor = { municipality, person, name: '', grants: [{ role: 'guidance' }] };
	const home = {
		kind: 'shop',
		name: '角の店',
		kana: 'かどのみせ',
		contact: null,
		town: '本町',
		address: '1番'
	} as const;
	const rest = { school, phone: null, lat: 35.7, lng: 139.5, closed: null, hours: Array<null>(7).fill(null) };
	const id = newId();
	await apply(tx, clerk, id, { ...home, ...rest }, 'office', now);
	await explain(tx, clerk, id, today, now);
	await register(tx, clerk, id, today, now);
	const token = randomBytes(16).toString('base64url');
	const fiscalYear = fiscalYearAt(now);
	await tx.insert(pocketLink).values({
		...{ id: newId(), municipality, pocket: id, fiscalYear, hash: hashed(token) },
		...{ at: now, untilOn: fiscalYearEnd(fiscalYear) }
	});
	return token;
}

async function keysOf(tx: Tx, leader: Actor, admin: Actor, member: string, school: string) {
	const [of] = await tx.select({ id: membership.id }).from(membership).where(eq(membership.person, member));
	return {
		code: (await makeInvitation(tx, leader, of!.id, now)).code,
		token: await makePasswordLink(tx, admin, leader.person, false, now),
		feed: await makeFeed(tx, leader, now),
		link: await hostLink(tx, admin.municipality, admin.person, school)
	};
}

/** A photo on the first finding of a body, and its bytes. */
async function photo(tx: Tx, association: string, sha256: string): Promise<void> {
	const of = and(eq(finding.municipality, town.municipality), eq(finding.association, association));
	const [found] = await tx.select({ id: finding.id }).from(finding).where(of);
	const bytes = Buffer.from('89504e470d0a1a0a', 'hex');
	const here = { municipality: town.municipality, sha256 };
	await tx.insert(findingPhoto).values({ finding: found!.id, ...here });
	await tx.insert(syncBlob).values({ id: newId(), ...here, type: 'image/png', bytes, at: now });
}

const keys = await transaction(async (tx) => {
	await secondTown(tx, today);
	const successor = { successor: demoPeople.hayashi.id, fromOn: addDays(today, 1) };
	await offerRole(tx, await actorFor(tx, 'midoriLeader', today), town.associations.midori, successor, now);
	await tx.insert(consent).values({
		...{ id: newId(), municipality: town.municipality, person: demoPeople.ito.id },
		...{ purpose: 'membership', version: '1', text: '同意します。', at: now }
	});
	await photo(tx, town.associations.honcho, 'd0'.repeat(32));
	await photo(tx, town.associations.midori, 'e0'.repeat(32));
	const { municipality, admin } = otherTown;
	const theirs = { municipality, person: admin, name: '', grants: await grantsOf(tx, municipality, admin, today) };
	return {
		own: await keysOf(
			tx,
			await actorFor(tx, 'leader', today),
			await actorFor(tx, 'admin', today),
			demoPeople.tanaka.id,
			town.schools.honcho
		),
		foreign: await keysOf(tx, await otherLeader(tx, today), theirs, otherTown.volunteer, otherTown.school)
	};
});
closeDatabase();
process.stdout.write(JSON.stringify(keys));
