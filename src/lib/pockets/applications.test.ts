import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { instantOf } from '#lib/calendar/day.ts';
import type { Actor, Grant } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { demoPeople, town } from '../../demo/town.ts';
import { seedPeople } from '../../demo/people.ts';
import type { Application } from './application.ts';
import { districtsToChoose, handedInBy, handIn, takeApplication } from './applications.server.ts';
import { noConsent } from './consent.ts';
import { consentsOf } from './consents.server.ts';
import { doublesOf, lookAt } from './onePocket.server.ts';
import { change, explain, findPocket, move } from './pockets.server.ts';
import { trail } from '#lib/server/db/trail.ts';
import { pocket, pocketConsent } from './tables.server.ts';

const now = instantOf('2026-11-22', '10:00');
const actor = (who: keyof typeof demoPeople, ...grants: Grant[]): Actor => ({
	municipality: town.municipality,
	person: demoPeople[who].id,
	name: demoPeople[who].name,
	grants
});
const clerk = actor('guidance', { role: 'guidance' });
const leader = actor('leader', { role: 'leader', association: town.associations.honcho });
const pta = actor('volunteer', { role: 'leader', association: town.associations.pta });
const contact = actor('school', { role: 'school', school: town.schools.honcho });
const of = { municipality: town.municipality };

let n = 0;
const application = (school: string, over: Partial<Application['pocket']> = {}): Application => ({
	id: newId(),
	agreed: noConsent,
	pocket: {
		kind: 'home',
		name: '𠮷田 和子',
		kana: 'よしだ',
		contact: null,
		town: '本町五丁目',
		address: `${++n}番9号`,
		school,
		phone: `042-000-${8000 + n}`,
		lat: 35.7,
		lng: 139.51,
		closed: null,
		hours: [null, null, null, null, null, null, null],
		...over
	}
});
const rowOf = async (id: string) => (await db.select().from(pocket).where(eq(pocket.id, id)))[0];
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, '2026-11-22'));
}, 60_000);
afterAll(() => close());

test('a leader hands in where the body meets the district, a school for its own, and nobody elsewhere', async () => {
	for (const [who, way] of [
		[leader, 'leader'],
		[pta, 'pta'],
		[contact, 'school'],
		[clerk, 'office']
	] as const) {
		const districts = (await districtsToChoose(db, who)).map(({ id }) => id);
		expect(districts).toContain(town.schools.honcho);
		const form = application(town.schools.honcho);
		await transaction((tx) => handIn(tx, who, form, now));
		expect(await rowOf(form.id), way).toMatchObject({ way, state: 'applied', appliedOn: '2026-11-22' });
		const foreign = Object.values(town.schools).find((id) => !districts.includes(id));
		if (who === clerk) expect(foreign).toBeUndefined();
		else {
			const form = application(foreign!);
			await expect(transaction((tx) => handIn(tx, who, form, now))).rejects.toThrow('school');
			expect(await rowOf(form.id)).toBeUndefined();
		}
	}
	const walker = actor('volunteer', { role: 'volunteer', association: town.associations.honcho });
	expect(await districtsToChoose(db, walker)).toEqual([]);
	await expect(transaction((tx) => handIn(tx, walker, application(town.schools.honcho), now))).rejects.toThrow(
		'school'
	);
});

test('who handed in sees that it was taken, and nothing of what stood in it', async () => {
	const form = application(town.schools.honcho, { name: '内緒 花子', phone: '042-000-9999' });
	await transaction((tx) => handIn(tx, leader, form, now));
	const mine = await handedInBy(db, leader);
	expect(mine.map(({ id }) => id)).toContain(form.id);
	for (const secret of ['内緒', '9999', form.pocket.address]) expect(JSON.stringify(mine)).not.toContain(secret);
	expect((await handedInBy(db, contact)).map(({ id }) => id)).not.toContain(form.id);
	const gone = { ...leader, grants: [{ role: 'leader' as const, association: town.associations.midori }] };
	expect(await handedInBy(db, gone)).toEqual([]);
	expect(await handedInBy(db, { ...leader, grants: [] })).toEqual([]);
});

test('what was agreed to is kept in its words, of the day it was agreed to; sent twice it is one, and nothing is put on top', async () => {
	const form = { ...application(town.schools.honcho), agreed: { public: false, district: true, contact: false } };
	const take = (one: Application, on = '2026-11-01') =>
		transaction((tx) => takeApplication(tx, of, one, { way: 'host', on }, now));
	await take(form);
	await take({ ...form, agreed: { public: true, district: true, contact: true } });
	expect(await consentsOf(db, form.id)).toEqual({ public: false, district: true, contact: false });
	const [kept] = await db.select().from(pocketConsent).where(eq(pocketConsent.pocket, form.id));
	expect(kept).toMatchObject({ givenOn: '2026-11-01', by: null, text: expect.stringContaining('学区') });
	await expect(take(application(town.schools.honcho), '2026-11-23')).rejects.toThrow('error_pockets_future');
});

test('the same telephone or the same house is found however it was written, until it is over', async () => {
	const take = async (over: Partial<Application['pocket']>) => {
		const form = application(town.schools.honcho, over);
		await transaction((tx) => handIn(tx, clerk, form, now));
		return form.id;
	};
	const one = await take({ town: '中町三丁目', address: '4番5号', phone: '042-111-2222' });
	const phone = await take({ phone: '0421112222' });
	const house = await take({ town: '中町３丁目', address: '４−５', phone: null });
	const over = await take({ phone: '042-1112-222' });
	await transaction((tx) => move(tx, clerk, over, 'decline', { on: '2026-11-22', words: null }, now));
	await take({ phone: null });
	const found = await doublesOf(db, (await rowOf(one))!);
	expect(new Map(found.map((row) => [row.id, [row.phone, row.address]]))).toEqual(
		new Map([
			[phone, [true, false]],
			[house, [false, true]]
		])
	);
	const none = await doublesOf(db, (await rowOf(house))!);
	expect(none.map(({ id }) => id)).toEqual([one]);
});

test('a look at one home is in the trail with who looked; who may not look leaves nothing', async () => {
	const form = application(town.schools.honcho);
	await transaction((tx) => handIn(tx, leader, form, now));
	await transaction((tx) => explain(tx, clerk, form.id, '2026-11-20', now));
	await transaction((tx) => change(tx, clerk, form.id, { ...form.pocket, phone: null }, now));
	const looks = async () =>
		(await db.select().from(trail).where(eq(trail.thing, form.id))).filter(({ deed }) => deed === 'pocket.look');
	const page = await transaction((tx) => lookAt(tx, clerk, form.id));
	expect(page.history.map(({ deed, by }) => [deed, by])).toEqual([
		['apply', leader.name],
		['explain', clerk.name],
		['change', clerk.name]
	]);
	expect(page.history[2]!.changes).toEqual([{ box: 'phone', from: form.pocket.phone, to: 'null' }]);
	await expect(transaction((tx) => lookAt(tx, leader, form.id))).rejects.toThrow('pocket');
	await expect(transaction((tx) => lookAt(tx, { ...clerk, municipality: 'elsewhere' }, form.id))).rejects.toThrow();
	expect((await looks()).map(({ person }) => person)).toEqual([clerk.person]);
	await expect(findPocket(db, contact, 'pocket.see', form.id)).rejects.toThrow('pocket');
});
