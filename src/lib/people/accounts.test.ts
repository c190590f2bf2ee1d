import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { openTown } from '../../../tests/open-town.ts';
import { actorFor, otherTown, town } from '../../../tests/people.ts';
import { hashNewPassword, setPassword } from './accounts.server.ts';
import { passwordHolder } from './entering.server.ts';
import { settingsForm } from './municipality.ts';
import type { Actor } from './permissions.ts';
import { actorOf, actorOfSession, signIn } from './sessions.server.ts';
import { addSchool, editSettings, nameSection, sectionsOf, settingsOf } from './settings.server.ts';
import * as staff from './staff.server.ts';
import { membership, roleGrant } from './tables.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T10:00:00+09:00');
const of = town.municipality;
const people = openTown(today, ['admin', 'safety', 'leader'] as const);

describe('staff accounts', () => {
	const clerk = { name: '新人 一郎', kana: '', loginId: 'shinjin', role: 'safety' as const };
	const place = `section:${town.sections.safety}`;
	const enter = (loginId: string, password: string) =>
		passwordHolder(db, { id: of, demo: true }, { loginId, password }, { address: '192.0.2.9' }, now);

	it('are made by an administrator alone, with a link that sets the password once', async () => {
		const add = (who: Actor, more = {}) =>
			transaction((tx) => staff.addStaff(tx, who, { ...clerk, place, ...more }, now));
		for (const who of [people.safety, people.leader]) await expect(add(who)).rejects.toThrow(NotFound);
		await expect(add(people.admin, { place: '' })).rejects.toThrow('error_place');
		await expect(add(people.admin, { place: `section:${otherTown.section}` })).rejects.toThrow(NotFound);
		await expect(add(people.admin, { place: `school:${town.schools.honcho}` })).rejects.toThrow('error_place');
		const { token, person } = await add(people.admin);
		await expect(add(people.admin)).rejects.toThrow('error_login_id_there');
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

	it('a first leader stands in the roster of the body, once however often the role is given', async () => {
		const leader = { role: 'leader' as const, place: `association:${town.associations.honcho}` };
		const { person } = await transaction((tx) =>
			staff.addStaff(tx, people.admin, { ...clerk, loginId: 'hatsudai', name: '𠮷川 剛', ...leader }, now)
		);
		await transaction((tx) => staff.giveRole(tx, people.admin, person, leader, now));
		const rows = await db.select().from(membership).where(eq(membership.person, person));
		expect(rows).toMatchObject([{ association: town.associations.honcho, endedOn: null }]);
	});

	it('a reset signs every device out; disabling and a taken role act at the next request', async () => {
		const who = town.people.officer;
		const open = () => transaction((tx) => signIn(tx, { municipality: of, person: who }, '', 'password', now));
		const live = (cookie: string) => actorOfSession(db, of, cookie, now);
		const cookie = await open();
		await transaction((tx) => setPassword(tx, { municipality: of, person: who }, 'x', now));
		expect(await live(cookie)).toBeUndefined();
		const again = await open();
		await transaction((tx) => staff.disableAccount(tx, people.admin, who, '異動', now));
		expect(await live(again)).toBeUndefined();
		await expect(enter('officer', 'mimamori-demo')).rejects.toThrow();
		await transaction((tx) => staff.enableAccount(tx, people.admin, who));
		const third = await open();
		const [grant] = await db.select().from(roleGrant).where(eq(roleGrant.person, who));
		await transaction((tx) => staff.endRole(tx, people.admin, grant!.id, now));
		expect(await live(third)).toBeUndefined();
		expect((await actorOf(db, of, who, now))!.grants).toEqual([]);
		await expect(transaction((tx) => staff.endRole(tx, people.admin, grant!.id, now))).rejects.toThrow(NotFound);
	});

	it('an administrator cannot shut themselves out, nor reach another town', async () => {
		const [own] = await db.select().from(roleGrant).where(eq(roleGrant.person, people.admin.person));
		await expect(transaction((tx) => staff.endRole(tx, people.admin, own!.id, now))).rejects.toThrow('error_own_admin');
		await expect(
			transaction((tx) => staff.disableAccount(tx, people.admin, people.admin.person, '', now))
		).rejects.toThrow('error_own_admin');
		const [foreign] = await db.select().from(roleGrant).where(eq(roleGrant.person, otherTown.leader));
		await expect(transaction((tx) => staff.endRole(tx, people.admin, foreign!.id, now))).rejects.toThrow(NotFound);
		await expect(
			transaction((tx) => staff.makePasswordLink(tx, people.admin, otherTown.leader, false, now))
		).rejects.toThrow(NotFound);
		expect((await staff.accountsOf(db, people.admin, now)).some((one) => one.person === otherTown.leader)).toBe(false);
	});

	it('a role goes on into the next year once, without a day between', async () => {
		const [grant] = await db.select().from(roleGrant).where(eq(roleGrant.person, town.people.guidance));
		const extend = () => transaction((tx) => staff.extendRole(tx, people.admin, grant!.id, now));
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
					person: people.leader.person,
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
		await expect(transaction((tx) => editSettings(tx, people.leader, input))).rejects.toThrow(NotFound);
		await transaction((tx) => editSettings(tx, people.admin, input));
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
			transaction((tx) => nameSection(tx, people.admin, { section, name: 'こども課', fromFiscalYear: 2027 }));
		await rename(family);
		await rename(family);
		expect([await name(2026), await name(2027)]).toEqual(['こども家庭センター', 'こども課']);
		await expect(rename(otherTown.section)).rejects.toThrow(NotFound);
		await expect(
			transaction((tx) => addSchool(tx, people.admin, { name: '第一小学校', kana: 'だいいち' }))
		).rejects.toThrow('error_school_there');
	});
});
