/** Puts the invented town's people into an empty, migrated database. */
import { hashSync } from '@node-rs/argon2';
import { instantOf } from '#lib/calendar/day.ts';
import { fiscalYearEnd, fiscalYearOf, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { cost } from '#lib/people/passwords.server.ts';
import {
	account,
	association,
	associationSchool,
	membership,
	municipality,
	person,
	roleGrant,
	school,
	section,
	sectionName
} from '#lib/people/tables.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { demoId } from './ids.ts';
import { towns } from './places.ts';
import { demoAssociations, demoPeople, demoSchools, demoSections, town } from './town.ts';

export { demoLogins, town } from './town.ts';
export { demoId } from './ids.ts';

const opened = instantOf('2023-03-01');
const of = town.municipality;

/** The whole town's people: sections, schools, bodies, members, roles of this fiscal year, and the accounts of the eight who sign in. */
export async function seedPeople(tx: Tx, today: string): Promise<void> {
	await tx.insert(municipality).values({
		id: of,
		name: '小金井市',
		demo: true,
		createdAt: opened,
		settings: {
			cityCode: '132101',
			pocketName: 'カンガルーのポケット',
			cityCarName: 'CoCoパトロール隊',
			greetingName: 'こがねいし安全・安心あいさつ運動',
			campaignMonths: [5, 6, 10, 11],
			map: {
				tiles: 'https://cyberjapandata.gsi.go.jp/xyz/pale/{z}/{x}/{y}.png',
				attribution: '地理院タイル',
				lat: 35.7035,
				lng: 139.5085,
				zoom: 14
			},
			towns,
			phones: [
				{ name: '地域安全課', number: '042-000-0001' },
				{ name: '警察署(相談)', number: '042-000-0002' }
			],
			timeZone: 'Asia/Tokyo'
		}
	});
	await seedBodies(tx);
	await seedPersons(tx, today);
}

async function seedBodies(tx: Tx): Promise<void> {
	await tx
		.insert(section)
		.values(Object.entries(demoSections).map(([code, { id }]) => ({ id, municipality: of, code })));
	const names = Object.values(demoSections).flatMap(({ id, names }) =>
		Object.entries<string>(names).map(([year, name]) => ({ section: id, name, fromFiscalYear: Number(year) }))
	);
	await tx
		.insert(sectionName)
		.values(names.map((one, n) => ({ id: demoId('people', 5, n + 1), municipality: of, ...one })));
	await tx.insert(school).values(Object.values(demoSchools).map((one) => ({ ...one, municipality: of })));
	await tx.insert(association).values(
		Object.values(demoAssociations).map((one, n) => ({
			id: one.id,
			municipality: of,
			kind: one.kind,
			name: one.name,
			kana: one.kana,
			towns: one.towns ?? '',
			memberCount: one.members ?? null,
			residentCount: one.residents ?? null,
			foundedOn: one.founded ?? null,
			registeredOn: one.registered ?? null,
			memorandumOn: one.memorandum ?? null,
			contactPhone: phone(60 + n),
			createdAt: opened
		}))
	);
	const districts = Object.values(demoAssociations).flatMap((one) =>
		(one.schools ?? []).map((key) => ({ municipality: of, association: one.id, school: town.schools[key] }))
	);
	await tx.insert(associationSchool).values(districts);
}

async function seedPersons(tx: Tx, today: string): Promise<void> {
	const everyone = Object.values(demoPeople);
	await tx.insert(person).values(
		everyone.map(({ id, name, kana }, n) => ({
			id,
			municipality: of,
			name,
			kana,
			// Three of the town have no phone.
			phone: n % 15 === 13 ? null : phone(n + 3),
			createdAt: opened
		}))
	);
	const memberships = everyone.flatMap(({ id, of: bodies, duty }) =>
		(bodies ?? []).map((body) => ({ person: id, association: town.associations[body], duty: duty ?? null }))
	);
	await tx.insert(membership).values(
		memberships.map((one, n) => ({
			id: demoId('people', 6, n + 1),
			municipality: of,
			joinedOn: '2023-04-01',
			...one
		}))
	);
	const year = fiscalYearOf(today);
	await tx.insert(roleGrant).values(
		everyone.flatMap(({ id, role }, n) =>
			role
				? {
						id: demoId('people', 7, n + 1),
						municipality: of,
						person: id,
						role: role.role,
						association: role.association ? town.associations[role.association] : null,
						section: role.section ? town.sections[role.section] : null,
						school: role.school ? town.schools[role.school] : null,
						fromOn: fiscalYearStart(year),
						untilOn: fiscalYearEnd(year),
						at: opened
					}
				: []
		)
	);
	// One hash for all eight, made before anybody is served: nobody waits for this transaction.
	const password = hashSync(process.env.DEMO_PASSWORD ?? 'mimamori-demo', cost);
	await tx
		.insert(account)
		.values(
			everyone.flatMap(({ id, login }) =>
				login ? { person: id, municipality: of, loginId: login, password, passwordAt: opened, createdAt: opened } : []
			)
		);
}

const phone = (n: number) => `042-000-${String(n).padStart(4, '0')}`;
