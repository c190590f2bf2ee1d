import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import encoding from 'encoding-japanese';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { toCsv } from '#lib/server/csv.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherTown, secondTown, seedPeople, town } from '../../../tests/people.ts';
import { hashNewPassword, setPassword } from './accounts.server.ts';
import { exportAssociations, importAssociations, planImport } from './association-import.server.ts';
import { addAssociation, editAssociation, endAssociation } from './associations.server.ts';
import { associationForm } from './association.ts';
import { passwordHolder } from './entering.server.ts';
import { settingsForm } from './municipality.ts';
import type { Actor } from './permissions.ts';
import { associationsOf, reachedAssociation } from './reads.server.ts';
import { actorOf, actorOfSession, signIn } from './sessions.server.ts';
import { addSchool, editSettings, nameSection, sectionsOf, settingsOf } from './settings.server.ts';
import { administratorExists, isSetupToken, setUp, setupToken } from './setup.server.ts';
import * as staff from './staff.server.ts';
import { association, municipality, roleGrant } from './tables.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T10:00:00+09:00');
const of = town.municipality;
let close: () => void;
let admin: Actor;
let safety: Actor;
let leader: Actor;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await secondTown(tx, today);
	});
	admin = await actorFor(db, 'admin', today);
	safety = await actorFor(db, 'safety', today);
	leader = await actorFor(db, 'leader', today);
});
afterAll(() => close());

describe('staff accounts', () => {
	const clerk = { name: '新人 一郎', kana: '', loginId: 'shinjin', role: 'safety' as const };
	const place = `section:${town.sections.safety}`;
	const enter = (loginId: string, password: string) =>
		passwordHolder(db, { id: of, demo: true }, { loginId, password }, { address: '192.0.2.9' }, now);

	it('are made by an administrator alone, with a link that sets the password once', async () => {
		const add = (who: Actor, more = {}) =>
			transaction((tx) => staff.addStaff(tx, who, { ...clerk, place, ...more }, now));
		for (const who of [safety, leader]) await expect(add(who)).rejects.toThrow(NotFound);
		await expect(add(admin, { place: '' })).rejects.toThrow('error_place');
		await expect(add(admin, { place: `section:${otherTown.section}` })).rejects.toThrow(NotFound);
		await expect(add(admin, { place: `school:${town.schools.honcho}` })).rejects.toThrow('error_place');
		const { token, person } = await add(admin);
		await expect(add(admin)).rejects.toThrow('error_login_id_there');
		await expect(enter('shinjin', '')).rejects.toThrow('error_login');
		const hash = await hashNewPassword(db, of, person, 'みどりの傘が三本');
		await expect(hashNewPassword(db, of, person, 'shinjin-2026')).rejects.toThrow('error_password_guessable');
		const use = (at: Date, where = of) => transaction((tx) => staff.usePasswordLink(tx, where, token, hash, at));
		await expect(use(now, otherTown.municipality)).rejects.toThrow('error_link_over');
		await expect(use(new Date(now.getTime() + 73 * 3_600_000))).rejects.toThrow('error_link_over');
		const both = await Promise.allSettled([use(now), use(now)]);
		expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		expect((await enter('ＳＨＩＮＪＩＮ'.normalize('NFKC').toLowerCase(), 'みどりの傘が三本')).person).toBe(person);
	});

	it('a reset signs every device out; disabling and a taken role act at the next request', async () => {
		const who = town.people.officer;
		const open = () => transaction((tx) => signIn(tx, { municipality: of, person: who }, '', 'password', now));
		const live = (cookie: string) => actorOfSession(db, of, cookie, now);
		const cookie = await open();
		await transaction((tx) => setPassword(tx, { municipality: of, person: who }, 'x', now));
		expect(await live(cookie)).toBeUndefined();
		const again = await open();
		await transaction((tx) => staff.disableAccount(tx, admin, who, '異動', now));
		expect(await live(again)).toBeUndefined();
		await expect(enter('officer', 'mimamori-demo')).rejects.toThrow();
		await transaction((tx) => staff.enableAccount(tx, admin, who));
		const third = await open();
		const [grant] = await db.select().from(roleGrant).where(eq(roleGrant.person, who));
		await transaction((tx) => staff.endRole(tx, admin, grant!.id, now));
		expect(await live(third)).toBeUndefined();
		expect((await actorOf(db, of, who, now))!.grants).toEqual([]);
		await expect(transaction((tx) => staff.endRole(tx, admin, grant!.id, now))).rejects.toThrow(NotFound);
	});

	it('an administrator cannot shut themselves out, nor reach another town', async () => {
		const [own] = await db.select().from(roleGrant).where(eq(roleGrant.person, admin.person));
		await expect(transaction((tx) => staff.endRole(tx, admin, own!.id, now))).rejects.toThrow('error_own_admin');
		await expect(transaction((tx) => staff.disableAccount(tx, admin, admin.person, '', now))).rejects.toThrow(
			'error_own_admin'
		);
		const [foreign] = await db.select().from(roleGrant).where(eq(roleGrant.person, otherTown.leader));
		await expect(transaction((tx) => staff.endRole(tx, admin, foreign!.id, now))).rejects.toThrow(NotFound);
		await expect(transaction((tx) => staff.makePasswordLink(tx, admin, otherTown.leader, false, now))).rejects.toThrow(
			NotFound
		);
		expect((await staff.accountsOf(db, admin, now)).some((one) => one.person === otherTown.leader)).toBe(false);
	});

	it('a role goes on into the next year once, without a day between', async () => {
		const [grant] = await db.select().from(roleGrant).where(eq(roleGrant.person, town.people.guidance));
		const extend = () => transaction((tx) => staff.extendRole(tx, admin, grant!.id, now));
		await extend();
		await expect(extend()).rejects.toThrow('error_extended');
		const roles = async (day: string) => (await actorFor(db, 'guidance', day)).grants.map((one) => one.role);
		expect(await roles('2027-03-31')).toEqual(['guidance']);
		expect(await roles('2027-04-01')).toEqual(['guidance']);
		expect(await roles('2028-04-01')).toEqual([]);
	});

	it('the database refuses a reach that does not fit the role, and rewriting', async () => {
		const grant = (values: Partial<typeof roleGrant.$inferInsert>) =>
			transaction(async (tx) => {
				await tx.insert(roleGrant).values({
					id: crypto.randomUUID(),
					municipality: of,
					person: leader.person,
					role: 'leader',
					fromOn: today,
					untilOn: today,
					at: now,
					...values
				});
			});
		await expect(grant({})).rejects.toThrow();
		await expect(grant({ association: otherTown.association })).rejects.toThrow();
		await expect(grant({ role: 'admin', section: town.sections.safety })).rejects.toThrow();
		await expect(
			transaction(async (tx) => void (await tx.update(roleGrant).set({ untilOn: '2099-03-31' })))
		).rejects.toThrow();
	});
});

describe('settings', () => {
	const typed = {
		name: '小金井市',
		pocketName: 'カンガルーのポケット',
		cityCarName: 'CoCoパトロール隊',
		greetingName: 'あいさつ運動',
		campaignMonths: ['5', '11'],
		tiles: 'https://tiles.example.jp/{z}/{x}/{y}.png',
		attribution: '例',
		lat: '３５．７',
		lng: '139.5',
		zoom: '14',
		phones: '地域安全課　０４２－０００－０００１\n警察署: 042-000-0002'
	};

	it('are checked and kept', async () => {
		const input = settingsForm.parse(typed);
		await expect(transaction((tx) => editSettings(tx, leader, input))).rejects.toThrow(NotFound);
		await transaction((tx) => editSettings(tx, admin, input));
		expect((await settingsOf(db, of)).settings).toMatchObject({
			campaignMonths: [5, 11],
			map: { lat: 35.7 },
			phones: [
				{ name: '地域安全課', number: '042-000-0001' },
				{ name: '警察署', number: '042-000-0002' }
			]
		});
		for (const bad of [
			{ tiles: 'javascript:alert(1)' },
			{ tiles: 'https://tiles.example.jp/' },
			{ tiles: 'https://x/{z}/{x}/{y}"><script>' },
			{ phones: 'なし' },
			{ lat: 'x' },
			{ zoom: '99' }
		])
			expect([bad, settingsForm.safeParse({ ...typed, ...bad }).success]).toEqual([bad, false]);
	});

	it('a section keeps the name of each fiscal year', async () => {
		const family = town.sections.family;
		const name = async (year: number) => (await sectionsOf(db, of, year)).find((one) => one.id === family)!.name;
		expect([await name(2023), await name(2024)]).toEqual(['子育て支援課', 'こども家庭センター']);
		const rename = (section: string) =>
			transaction((tx) => nameSection(tx, admin, { section, name: 'こども課', fromFiscalYear: 2027 }));
		await rename(family);
		await rename(family);
		expect([await name(2026), await name(2027)]).toEqual(['こども家庭センター', 'こども課']);
		await expect(rename(otherTown.section)).rejects.toThrow(NotFound);
		await expect(transaction((tx) => addSchool(tx, admin, { name: '第一小学校', kana: 'だいいち' }))).rejects.toThrow(
			'error_school_there'
		);
	});
});

describe('associations', () => {
	const input = (more = {}) =>
		associationForm.parse({
			kind: 'neighbourhood',
			name: '新町会',
			memberCount: '１，２００人',
			residentCount: '',
			...more
		});

	it('are added, edited and ended by the clerk; memberships and roles end with them', async () => {
		await expect(transaction((tx) => addAssociation(tx, leader, input(), now))).rejects.toThrow(NotFound);
		const id = await transaction((tx) => addAssociation(tx, safety, input(), now));
		expect((await reachedAssociation(db, safety, id, 'association.see')).memberCount).toBe(1200);
		await expect(transaction((tx) => addAssociation(tx, safety, input(), now))).rejects.toThrow(
			'error_association_there'
		);
		await transaction((tx) => editAssociation(tx, safety, id, input({ schools: [town.schools.honcho] })));
		await expect(
			transaction((tx) => editAssociation(tx, safety, id, input({ schools: [otherTown.school] })))
		).rejects.toThrow(NotFound);
		await expect(transaction((tx) => editAssociation(tx, safety, otherTown.association, input()))).rejects.toThrow(
			NotFound
		);
		const sekino = await actorFor(db, 'sekinoLeader', today);
		await transaction((tx) => endAssociation(tx, safety, town.associations.sekino, '解散', now));
		expect(sekino.grants).toHaveLength(2);
		expect((await actorFor(db, 'sekinoLeader', today)).grants).toEqual([]);
		expect(associationForm.safeParse({ kind: 'pta', name: 'x', memberCount: '3', residentCount: '4' }).success).toBe(
			false
		);
		expect(associationForm.safeParse({ kind: 'pta', name: 'x', foundedOn: '2025-02-29' }).success).toBe(false);
	});

	it('are seen by their leader, by schools in their district, by nobody else', async () => {
		expect((await associationsOf(db, leader)).map((one) => one.name)).toEqual(['本町北町会']);
		const school = (await associationsOf(db, await actorFor(db, 'school', today))).map((one) => one.name);
		expect(school).toContain('本町小学校PTA');
		expect(school).not.toContain('緑町自治会');
		expect(await associationsOf(db, await actorFor(db, 'volunteer', today))).toEqual([]);
		await expect(reachedAssociation(db, leader, town.associations.midori, 'association.see')).rejects.toThrow(NotFound);
	});

	const utf8 = (text: string) => new TextEncoder().encode(text);
	const sjis = (text: string) =>
		new Uint8Array(encoding.convert(encoding.stringToCode(text), { to: 'SJIS', from: 'UNICODE' }));
	const file =
		'種別,名前,よみがな,会員数,設立日,学区,備考\r\n町会,新しい町会,アタラシイ,３０,1999/04/01,本町小学校、第一小学校,=1+1\r\nPTA,第二PTA,,,,,\r\n';

	it('come by CSV in UTF-8 or CP932, first seen, then written; twice changes nothing', async () => {
		for (const bytes of [utf8(file), utf8('\uFEFF' + file), sjis(file)])
			expect((await planImport(db, safety, bytes)).map((one) => [one.name, one.what, one.errors])).toEqual([
				['新しい町会', 'add', []],
				['第二PTA', 'add', []]
			]);
		const run = (bytes: Uint8Array) => transaction((tx) => importAssociations(tx, safety, bytes, now));
		expect(await run(sjis(file))).toEqual({ added: 2, changed: 0, same: 0 });
		expect(await run(utf8(file))).toEqual({ added: 0, changed: 0, same: 2 });
		// A column that is not in the file is left alone.
		expect(await run(utf8('種別,名前,会員数\n町会,新しい町会,31\n'))).toEqual({ added: 0, changed: 1, same: 0 });
		const [stored] = await db.select().from(association).where(eq(association.name, '新しい町会'));
		expect(stored).toMatchObject({ memberCount: 31, kana: 'あたらしい', foundedOn: '1999-04-01', note: '=1+1' });
	});

	it('with one bad line none is written, and each line says why', async () => {
		const bad =
			'種別,名前,会員数,学区\n町会,良い町会,10,\n謎,種別なし,,\n町会,,,\n町会,数字,多い,\n町会,学区なし,,無い小学校\n町会,良い町会,,\n';
		const lines = await planImport(db, safety, utf8(bad));
		expect(lines.map((one) => one.errors.map((error) => `${error.column} ${error.code}`))).toEqual([
			[],
			['種別 error_choose'],
			['名前 error_required'],
			['会員数 error_number'],
			['学区 error_import_school'],
			['名前 error_import_twice']
		]);
		await expect(transaction((tx) => importAssociations(tx, safety, utf8(bad), now))).rejects.toThrow(
			'error_import_bad'
		);
		expect(await db.select().from(association).where(eq(association.name, '良い町会'))).toEqual([]);
		for (const [bytes, code] of [
			[new Uint8Array(2 * 1024 * 1024 + 1), 'error_file_large'],
			[utf8('a,b\n"x'), 'error_file_csv'],
			[utf8('名前\nx\n'), 'error_import_heads'],
			[utf8('種別,名前\n' + 'PTA,x\n'.repeat(5001)), 'error_file_long']
		] as const)
			await expect(planImport(db, safety, bytes)).rejects.toThrow(code);
		await expect(planImport(db, leader, utf8(file))).rejects.toThrow(NotFound);
	});

	it('go out with formulas disarmed, and come back in unchanged', async () => {
		const { heads, rows } = await transaction((tx) => exportAssociations(tx, safety));
		const text = toCsv(heads, rows as (string | number | null)[][]);
		expect(text.startsWith('\uFEFF種別,')).toBe(true);
		expect(text).toContain("'=1+1");
		expect(text).not.toMatch(/(^|,)[=+@]/m);
		expect(new Set((await planImport(db, safety, utf8(text))).map((one) => one.what))).toEqual(new Set(['same']));
	});
});

describe('the first setup', () => {
	const input = (token: string) => ({
		token,
		city: '新市',
		safety: '安全課',
		guidance: '指導課',
		sections: '道路課\n\n道路課\n公園課',
		name: '初代 管理',
		loginId: 'kanri'
	});

	it('is refused where there is an administrator, also one of another year', async () => {
		expect(await administratorExists(db)).toBe(true);
		expect(await transaction((tx) => setupToken(tx))).toBeUndefined();
		await expect(transaction((tx) => setUp(tx, input('x'), 'hash', now))).rejects.toThrow('error_link_over');
	});

	it('in an empty house: the newest link opens once, and only one of two at the same moment', async () => {
		close();
		({ close } = freshDatabase());
		const old = (await transaction((tx) => setupToken(tx, now)))!;
		const token = (await transaction((tx) => setupToken(tx, now)))!;
		expect([await isSetupToken(db, old), await isSetupToken(db, token)]).toEqual([false, true]);
		await expect(transaction((tx) => setUp(tx, input('made-up'), 'hash', now))).rejects.toThrow('error_link_over');
		expect(await db.select().from(municipality)).toEqual([]);
		const run = () => transaction((tx) => setUp(tx, input(token), 'hash', now));
		const both = await Promise.allSettled([run(), run()]);
		expect(both.map((one) => one.status)).toEqual(['fulfilled', 'rejected']);
		expect(await isSetupToken(db, token)).toBe(false);
		const [city] = await db.select().from(municipality);
		expect(city).toMatchObject({ name: '新市', demo: false });
		expect((await sectionsOf(db, city!.id, 2026)).map((one) => one.name).sort()).toEqual(
			['公園課', '安全課', '指導課', '道路課'].sort()
		);
		const first = both.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))[0]!;
		// No first of April locks the town out.
		expect((await actorOf(db, city!.id, first.person, new Date('2031-04-01T09:00:00+09:00')))!.grants).toEqual([
			{ role: 'admin', untilOn: '2999-03-31' }
		]);
	});
});
