import { afterAll, beforeAll, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { instantOf } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { demoPeople, town } from '../../demo/town.ts';
import { seedPeople } from '../../demo/people.ts';
import { consentsOf, giveConsent, setConsents, withdrawConsent } from './consents.server.ts';
import { movementOf } from './figures.server.ts';
import { givePlate, takePlateBack } from './plates.server.ts';
import type { PocketForm } from './pocket.ts';
import { apply, change, end, explain, findPocket, move, register } from './pockets.server.ts';
import { pocket, pocketDeed, pocketPlate } from './tables.server.ts';
import { ownView, publicView } from './views.server.ts';

const now = instantOf('2026-11-22', '10:00');
const clerk: Actor = {
	municipality: town.municipality,
	person: town.people.guidance,
	name: demoPeople.guidance.name,
	grants: [{ role: 'guidance' }]
};
const walker: Actor = {
	municipality: town.municipality,
	person: town.people.volunteer,
	name: demoPeople.volunteer.name,
	grants: [{ role: 'volunteer', association: town.associations.honcho }]
};
const home: PocketForm = {
	kind: 'home',
	name: '𠮷田 和子',
	kana: 'よしだ',
	contact: null,
	town: '本町一丁目',
	address: '1番1号',
	school: town.schools.honcho,
	phone: '042-000-7001',
	lat: 35.7,
	lng: 139.51,
	closed: null,
	hours: [null, { from: '14:00', to: '18:00' }, null, null, null, null, null]
};
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, '2026-11-22'));
}, 60_000);
afterAll(() => close());

const applied = async (form = home) => {
	const id = newId();
	await transaction((tx) => apply(tx, { municipality: town.municipality }, id, form, 'host', now));
	return id;
};
const registered = async (form = home, on = '2026-05-01') => {
	const id = await applied(form);
	await transaction((tx) => explain(tx, clerk, id, '2026-04-20', now));
	await transaction((tx) => register(tx, clerk, id, on, now));
	return id;
};

test('a form sent twice is one application; a foreign id is nobody’s', async () => {
	const id = await applied();
	expect(await transaction((tx) => apply(tx, { municipality: town.municipality }, id, home, 'host', now))).toBe(false);
	await expect(transaction((tx) => apply(tx, { municipality: 'elsewhere' }, id, home, 'host', now))).rejects.toThrow(
		'pocket'
	);
});

test('nobody is registered who was not told of the duty, nor before that day, nor tomorrow', async () => {
	const id = await applied();
	await expect(transaction((tx) => register(tx, clerk, id, '2026-11-20', now))).rejects.toThrow(
		'error_pockets_not_now'
	);
	await transaction((tx) => explain(tx, clerk, id, '2026-11-10', now));
	await expect(transaction((tx) => register(tx, clerk, id, '2026-11-09', now))).rejects.toThrow('error_pockets_before');
	await expect(transaction((tx) => register(tx, clerk, id, '2026-11-23', now))).rejects.toThrow('error_pockets_future');
	const number = await transaction((tx) => register(tx, clerk, id, '2026-11-10', now));
	expect(await transaction((tx) => register(tx, clerk, id, '2026-11-10', now)).catch((e: Error) => e.message)).toBe(
		'error_pockets_not_now'
	);
	expect((await findPocket(db, clerk, 'pocket.see', id)).number).toBe(number);
	expect(await registered().then((next) => findPocket(db, clerk, 'pocket.see', next))).toMatchObject({
		number: number + 1
	});
});

test('who walks the street finds no pocket of the register, and the clerk’s history tells how it was', async () => {
	const id = await registered();
	await expect(findPocket(db, walker, 'pocket.see', id)).rejects.toThrow('pocket');
	await expect(transaction((tx) => change(tx, walker, id, home, now))).rejects.toThrow('pocket');
	await transaction((tx) => change(tx, clerk, id, { ...home, phone: '042-000-7002' }, now));
	await transaction((tx) => change(tx, clerk, id, { ...home, phone: '042-000-7002' }, now));
	const deeds = await db.select().from(pocketDeed).where(eq(pocketDeed.pocket, id)).orderBy(pocketDeed.id);
	expect(deeds.map((one) => one.deed)).toEqual(['apply', 'explain', 'register', 'change']);
	expect(deeds[3]!.facts).toEqual({ phone: '042-000-7001' });
});

test('consent taken back is gone from the next answer; given again it is a new one', async () => {
	const id = await registered({ ...home, school: town.schools.first });
	const seen = async (actor?: Actor) =>
		(actor ? await ownView(db, actor) : await publicView(db, town.municipality)).points.some((one) => one.id === id);
	expect([await seen(), await seen(walker), await seen(clerk)]).toEqual([false, false, true]);
	const texts = { public: 'a', district: 'b', contact: 'c' };
	const agreed = { public: true, district: true, contact: false };
	await transaction((tx) => setConsents(tx, clerk, id, { agreed, texts, on: '2026-05-01' }, now));
	expect([await seen(), await seen(walker)]).toEqual([true, true]);
	await transaction((tx) => withdrawConsent(tx, clerk, id, 'public', now));
	await transaction((tx) => withdrawConsent(tx, clerk, id, 'public', now));
	expect([await seen(), await seen(walker)]).toEqual([false, true]);
	await transaction((tx) => giveConsent(tx, clerk, id, { purpose: 'public', text: 'a', on: '2026-11-22' }, now));
	expect(await consentsOf(db, id)).toEqual({ public: true, district: true, contact: false });
	await transaction((tx) => move(tx, clerk, id, 'pause', { on: '2026-11-22', words: '入院' }, now));
	expect([await seen(), await seen(walker)]).toEqual([false, false]);
});

test('an ended home is in no view, its plate may still come back once, and the year adds up', async () => {
	const id = await registered(home, '2026-06-01');
	await transaction((tx) => givePlate(tx, clerk, id, { kind: 'plate', number: '7', issuedOn: '2026-06-01' }, now));
	const before = (await movementOf(db, town.municipality, 2026)).town;
	await transaction((tx) => end(tx, clerk, id, { on: '2026-11-01', ending: 'moved', words: null }, now));
	const after = (await movementOf(db, town.municipality, 2026)).town;
	expect(after.ended.moved).toBe(before.ended.moved + 1);
	expect(after.start + after.added - after.endedAll).toBe(after.end);
	expect((await ownView(db, clerk)).points.some((one) => one.id === id)).toBe(false);
	await expect(transaction((tx) => change(tx, clerk, id, { ...home, name: 'x' }, now))).rejects.toThrow(
		'error_pockets_not_now'
	);
	const [plate] = await db.select().from(pocketPlate).where(eq(pocketPlate.pocket, id));
	const back = { plate: plate!.id, on: '2026-11-02', condition: 'faded' as const };
	await transaction((tx) => takePlateBack(tx, clerk, id, back, now));
	await expect(transaction((tx) => takePlateBack(tx, clerk, id, back, now))).rejects.toThrow('error_pockets_not_now');
});

test('another town has none of it', async () => {
	const id = await registered();
	const other: Actor = { ...clerk, municipality: 'elsewhere' };
	await expect(findPocket(db, other, 'pocket.see', id)).rejects.toThrow('pocket');
	expect((await publicView(db, 'elsewhere')).areas).toEqual([]);
	expect((await db.select().from(pocket).where(eq(pocket.id, id)))[0]!.state).toBe('registered');
});
