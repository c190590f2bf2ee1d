/** The invented town for tests, and a second town beside it that nobody of the first may see. */
import { hashSync } from '@node-rs/argon2';
import { demoId } from '../src/demo/ids.ts';
import { cost } from '#lib/people/passwords.server.ts';
import { grantsOf } from '#lib/people/grants.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import {
	account,
	association,
	membership,
	municipality,
	person,
	roleGrant,
	school,
	section
} from '#lib/people/tables.server.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { fiscalYearEnd, fiscalYearOf, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { demoPeople, town } from '../src/demo/town.ts';

export { seedPeople } from '../src/demo/people.ts';
export { demoAssociations, demoLogins, demoPeople, town } from '../src/demo/town.ts';

const other = (n: number) => demoId('people', 9, n);
/** Another municipality, with a body, its leader and a volunteer. */
export const otherTown = {
	municipality: other(1),
	section: other(2),
	school: other(3),
	association: other(4),
	leader: other(5),
	volunteer: other(6),
	admin: other(7)
};

/** Inserts the second town. Its leader signs in as `leader`, too: ids are unique per municipality only. */
export async function secondTown(tx: Tx, today: string): Promise<typeof otherTown> {
	const at = new Date('2023-03-01T00:00:00Z');
	const of = otherTown.municipality;
	await tx.insert(municipality).values({
		id: of,
		name: 'となりの市',
		demo: true,
		host: 'tonari.example.jp',
		createdAt: at,
		settings: {
			pocketName: 'こども110番の家',
			cityCarName: '青パト隊',
			greetingName: 'あいさつ運動',
			campaignMonths: [4, 9],
			map: { tiles: 'https://tiles.example.jp/{z}/{x}/{y}.png', attribution: '例', lat: 35.6, lng: 139.4, zoom: 13 },
			phones: [],
			timeZone: 'Asia/Tokyo'
		}
	});
	await tx.insert(section).values({ id: otherTown.section, municipality: of, code: 'safety' });
	await tx.insert(school).values({ id: otherTown.school, municipality: of, name: '東小学校', kana: 'ひがし' });
	await tx.insert(association).values({
		id: otherTown.association,
		municipality: of,
		kind: 'neighbourhood',
		name: '本町北町会',
		kana: 'ほんちょうきた',
		towns: '',
		createdAt: at
	});
	const names = { leader: '隣 太郎', volunteer: '隣 花子', admin: '隣 次郎' };
	for (const key of ['leader', 'volunteer', 'admin'] as const)
		await tx
			.insert(person)
			.values({ id: otherTown[key], municipality: of, name: names[key], kana: 'となり', createdAt: at });
	for (const [n, key] of (['leader', 'volunteer'] as const).entries())
		await tx.insert(membership).values({
			id: other(10 + n),
			municipality: of,
			person: otherTown[key],
			association: otherTown.association,
			joinedOn: '2023-04-01'
		});
	const year = fiscalYearOf(today);
	const span = { municipality: of, fromOn: fiscalYearStart(year), untilOn: fiscalYearEnd(year), at };
	await tx.insert(roleGrant).values([
		{ id: other(20), person: otherTown.leader, role: 'leader', association: otherTown.association, ...span },
		{ id: other(21), person: otherTown.admin, role: 'admin', ...span }
	]);
	await tx.insert(account).values({
		person: otherTown.leader,
		municipality: of,
		loginId: 'leader',
		password: hashSync('tonari-no-machi', cost),
		passwordAt: at,
		createdAt: at
	});
	return otherTown;
}

/** A person of the first town as an actor, with the roles of a day. */
export async function actorFor(db: Reader, key: keyof typeof demoPeople, day: string): Promise<Actor> {
	const who = demoPeople[key];
	return {
		municipality: town.municipality,
		person: who.id,
		name: who.name,
		grants: await grantsOf(db, town.municipality, who.id, day)
	};
}

/** The leader of the second town as an actor. */
export async function otherLeader(db: Reader, day: string): Promise<Actor> {
	return {
		municipality: otherTown.municipality,
		person: otherTown.leader,
		name: '隣 太郎',
		grants: await grantsOf(db, otherTown.municipality, otherTown.leader, day)
	};
}
