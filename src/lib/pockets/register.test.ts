import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { demoPeople, town } from '../../demo/town.ts';
import { seedPeople } from '../../demo/people.ts';
import { seedPockets } from '../../demo/pockets.ts';
import { countsOf, REGISTER_PAGE, registerOf, registerSheet } from './register.server.ts';
import { filterOf } from './registerFilter.ts';
import { pocket } from './tables.server.ts';
import { confirmedIn } from './views.server.ts';

const clerk: Actor = {
	municipality: town.municipality,
	person: town.people.guidance,
	name: demoPeople.guidance.name,
	grants: [{ role: 'guidance' }]
};
const looked = (query: string) => filterOf(new URLSearchParams(query));
const sheet = (query: string, actor = clerk) => registerSheet(db, actor, looked(query));
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		await seedPeople(tx, '2026-11-22');
		await seedPockets(tx, '2026-11-22');
	});
}, 120_000);
afterAll(() => close());

test('the pages of the list are the whole of it, each home once, in the order of their kana', async () => {
	const all = await sheet('state=registered');
	const seen: string[] = [];
	for (let page = 1; ; page++) {
		const { rows, more } = await registerOf(db, clerk, looked('state=registered'), page);
		expect(rows.length).toBeLessThanOrEqual(REGISTER_PAGE);
		seen.push(...rows.map((row) => row.id));
		if (!more) break;
	}
	expect(seen).toEqual(all.map((row) => row.id));
	expect(new Set(seen).size).toBe(seen.length);
	const kana = all.map((row) => row.kana);
	expect(kana).toEqual([...kana].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
});

test('the counts are those of what else is looked for, whatever state the list shows', async () => {
	const of = looked(`state=ended&kind=shop&school=${town.schools.first}`);
	const counts = await countsOf(db, clerk, of);
	for (const [state, n] of counts) expect((await registerSheet(db, clerk, { ...of, state })).length, state).toBe(n);
	const sum = [...counts.values()].reduce((all, n) => all + n, 0);
	expect(sum).toBe((await registerSheet(db, clerk, { ...of, state: undefined })).length);
	expect(counts.size).toBeGreaterThan(1);
});

test('unconfirmed in the list is what the views call not confirmed', async () => {
	const confirmed = await confirmedIn(db, town.municipality);
	const here = (await db.select().from(pocket)).filter(({ state }) => state === 'registered' || state === 'paused');
	const open = here.filter((one) => !confirmed(one)).map(({ id }) => id);
	expect(open.length).toBeGreaterThan(20);
	expect(open.length).toBeLessThan(here.length);
	const narrowed = await sheet('unconfirmed');
	expect(narrowed.map(({ id }) => id).sort()).toEqual(open.sort());
	expect(narrowed.every((row) => row.unconfirmed)).toBe(true);
	expect((await sheet('')).filter((row) => row.unconfirmed).length).toBe(open.length);
});

test('somebody is found by name, kana of either kind, town however written, number and telephone; and % is a letter', async () => {
	const [one] = (await sheet('kind=home&state=registered')).slice(3);
	const finds = async (q: string) => (await sheet(`q=${encodeURIComponent(q)}`)).map(({ id }) => id);
	const katakana = one!.kana.replace(/[ぁ-ゖ]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0x60));
	const wide = String(one!.number).replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
	const plain = one!.town.replace(/[一二三四五六七八九](?=丁目)/g, (kanji) =>
		String(' 一二三四五六七八九'.indexOf(kanji))
	);
	for (const q of [one!.name, katakana, one!.town, `${one!.name}\u3000${plain}`, wide, one!.phone!])
		expect(await finds(q), q).toContain(one!.id);
	expect(await finds('%')).toEqual([]);
	expect(await finds('_')).toEqual([]);
	expect(await finds(`${one!.name} どこにもない`)).toEqual([]);
});

test('who does not keep the register reads nothing of it, nor does another town', async () => {
	const others: Actor[] = [
		{ ...clerk, grants: [{ role: 'leader', association: town.associations.honcho }] },
		{ ...clerk, grants: [{ role: 'school', school: town.schools.first }] },
		{ ...clerk, grants: [{ role: 'admin' }] },
		{ ...clerk, municipality: 'elsewhere' }
	];
	for (const actor of others) {
		expect(await sheet('', actor)).toEqual([]);
		expect((await registerOf(db, actor, looked(''))).rows).toEqual([]);
		expect((await countsOf(db, actor, looked(''))).size).toBe(0);
	}
});

test('an address that says nothing sensible is an address that says nothing', () => {
	expect(looked('state=gone&kind=castle&school=x&page=0&q=%20')).toEqual({
		unconfirmed: false,
		unplaced: false,
		page: 1
	});
	expect(looked(`page=3&q=${'あ'.repeat(81)}`)).toEqual({ unconfirmed: false, unplaced: false, page: 3 });
});
