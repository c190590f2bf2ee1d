import { expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import {
	answersOf,
	clerk,
	contactOf,
	fiscalYear,
	lastMinute,
	leader,
	linkTo,
	municipality,
	now,
	openRounds,
	over,
	registered,
	walked
} from '../../../tests/rounds.ts';
import { consentsOf } from './consents.server.ts';
import { answerByLink, hostView, makeLinks, withdrawByLink } from './links.server.ts';
import { end, findPocket } from './pockets.server.ts';
import { pocketLink } from './tables.server.ts';
import { publicView } from './views.server.ts';

openRounds();

test('a link opens one home until the last minute of 31 March, and keeps only its hash', async () => {
	const home = await registered(walked);
	const token = await linkTo(home);
	const look = (at: Date, of = token, where = municipality) => hostView(db, where, of, at);
	expect(await look(lastMinute)).toMatchObject({ fiscalYear, untilOn: '2027-03-31', consents: { district: true } });
	expect(await look(over)).toBeUndefined();
	expect(await look(now, `${token}x`)).toBeUndefined();
	expect(await look(now, token, 'elsewhere')).toBeUndefined();
	expect(JSON.stringify(await look(now))).not.toMatch(/番|phone|address|note/);
	const [row] = await db.select().from(pocketLink).where(eq(pocketLink.pocket, home));
	expect(JSON.stringify(row)).not.toContain(token);
	await expect(transaction((tx) => makeLinks(tx, clerk, { fiscalYear, pockets: [home] }, over))).rejects.toThrow(
		'error_rounds_year'
	);
	for (const actor of [leader, contactOf(walked)])
		await expect(transaction((tx) => makeLinks(tx, actor, { fiscalYear, pockets: [home] }, now))).rejects.toThrow(
			'pocket'
		);

	const renewed = await linkTo(home);
	expect(await look(now)).toBeUndefined();
	expect(await look(now, renewed)).toBeDefined();
});

test('the host answers by the link, corrects itself, and the register stays as it was', async () => {
	const home = await registered(walked);
	const token = await linkTo(home);
	const send = (result: 'stays' | 'changes' | 'moved', words: string | null, at = now, id = newId()) =>
		transaction((tx) => answerByLink(tx, municipality, token, { id, result, words }, at));
	const was = await findPocket(db, clerk, 'pocket.see', home);
	const id = newId();
	await send('moved', null, now, id);
	await send('moved', null, now, id);
	await expect(send('changes', null)).rejects.toThrow('error_required');
	await send('changes', '月曜は15時からになりました', lastMinute);
	expect((await answersOf(home)).map((one) => [one.result, one.method, one.by])).toEqual([
		['moved', 'link', null],
		['changes', 'link', null]
	]);
	expect(await findPocket(db, clerk, 'pocket.see', home)).toEqual({ ...was, changedAt: lastMinute });
	expect((await hostView(db, municipality, token, lastMinute))?.answered).toMatchObject({
		result: 'changes',
		confirmed: true
	});
	await expect(send('stays', null, over)).rejects.toThrow('error_rounds_link_over');
	const wrong = transaction((tx) =>
		answerByLink(tx, municipality, 'x', { id: newId(), result: 'stays', words: null }, now)
	);
	await expect(wrong).rejects.toThrow('error_rounds_link_over');
});

test('a consent taken back by the link is gone from the map at once; an ended home opens nothing', async () => {
	const home = await registered(walked, ['public', 'district']);
	const token = await linkTo(home);
	const onMap = async () => (await publicView(db, municipality)).points.some((one) => one.id === home);
	expect(await onMap()).toBe(true);
	await transaction((tx) => withdrawByLink(tx, municipality, token, 'public', now));
	await transaction((tx) => withdrawByLink(tx, municipality, token, 'public', now));
	expect([await onMap(), await consentsOf(db, home)]).toEqual([
		false,
		{ public: false, district: true, contact: false }
	]);
	await transaction((tx) => end(tx, clerk, home, { on: '2027-02-01', ending: 'withdrew', words: null }, now));
	expect(await hostView(db, municipality, token, now)).toBeUndefined();
	await expect(transaction((tx) => withdrawByLink(tx, municipality, token, 'district', now))).rejects.toThrow(
		'error_rounds_link_over'
	);
});
