import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { seedPeople } from '../../../tests/people.ts';
import { actorOf } from './sessions.server.ts';
import { sectionsOf } from './settings.server.ts';
import { administratorExists, isSetupToken, setUp, setupToken } from './setup.server.ts';
import { municipality } from './tables.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T10:00:00+09:00');
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, today));
});
afterAll(() => close());

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
