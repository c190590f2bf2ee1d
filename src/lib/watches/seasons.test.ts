import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, otherLeader, secondTown, seedPeople } from '../../../tests/people.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { makePlace } from './places.server.ts';
import { makeRule } from './rules.server.ts';
import { runsOn, type CampaignForm } from './season.ts';
import {
	campaignsOf,
	campaignsOn,
	changeCampaign,
	endCampaign,
	makeCampaign,
	resumeCampaign
} from './seasons.server.ts';
import { campaign, weeklyRule } from './tables.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T03:00:00Z');
let fresh: ReturnType<typeof freshDatabase>;
let leader: Actor, safety: Actor, foreign: Actor;

const autumn = (change: Partial<CampaignForm> = {}): CampaignForm => ({
	name: '秋のあいさつ運動',
	programme: 'greeting',
	fiscalYear: 2026,
	fromMonth: 10,
	toMonth: 11,
	greeting: '「おかえり」のひと声を。',
	...change
});
const make = (change?: Partial<CampaignForm>) => transaction((tx) => makeCampaign(tx, safety, autumn(change), now));
const broken = (code: string) => expect.objectContaining({ name: 'RuleBroken', code });
const missing = expect.objectContaining({ name: 'NotFound' });
const running = async () => (await campaignsOn(db, leader, now)).map((one) => one.greeting);

beforeAll(async () => {
	fresh = freshDatabase();
	await transaction(async (tx) => {
		await seedPeople(tx, today);
		await secondTown(tx, today);
	});
	[leader, safety] = (await Promise.all((['leader', 'safety'] as const).map((key) => actorFor(db, key, today)))) as [
		Actor,
		Actor
	];
	foreign = await otherLeader(db, today);
});
afterAll(() => {
	fresh.close();
});

test('a campaign runs over the turn of a year, and not after the day somebody ended it', () => {
	const winter = { fiscalYear: 2026, fromMonth: 12, toMonth: 1, endedOn: null };
	expect(
		['2026-11-30', '2026-12-01', '2027-01-31', '2027-02-01', '2025-12-01'].map((day) => runsOn(winter, day))
	).toEqual([false, true, true, false, false]);
	const ended = { ...winter, endedOn: '2026-12-24' };
	expect(['2026-12-23', '2026-12-24', '2027-01-10'].map((day) => runsOn(ended, day))).toEqual([true, false, false]);
});

test('the greeting follows a change, and a name is given once in a year', async () => {
	const id = await make();
	expect(await running()).toEqual(['「おかえり」のひと声を。']);
	await transaction((tx) => changeCampaign(tx, safety, id, autumn({ greeting: '手をあげて渡ろう。' })));
	expect(await running()).toEqual(['手をあげて渡ろう。']);
	await transaction((tx) => changeCampaign(tx, safety, id, autumn({ fromMonth: 10, toMonth: 10 })));
	expect(await running()).toEqual([]);
	const other = await make({ name: '歳末特別警戒', fromMonth: 12, toMonth: 12 });
	await expect(transaction((tx) => changeCampaign(tx, safety, other, autumn()))).rejects.toEqual(
		broken('error_watches_name_taken')
	);
	await transaction((tx) => changeCampaign(tx, safety, other, autumn({ fiscalYear: 2027 })));
});

test('a campaign that rules were made under is ended and can be taken up again; one of nobody goes', async () => {
	const used = await make({ name: '登校見守り月間' });
	const idle = await make({ name: '書きまちがい' });
	await transaction(async (tx) => {
		const place = await makePlace(
			tx,
			leader,
			{
				association: leader.grants.find((one) => one.association)!.association!,
				kind: 'post',
				name: '角',
				meetingSpot: '',
				line: '35.7, 139.5'
			},
			now
		);
		await makeRule(
			tx,
			leader,
			{
				place,
				programme: 'greeting',
				times: { '1': { from: '07:30', to: '08:00' } },
				weeks: null,
				startOn: today,
				endOn: '2027-03-31',
				skipHolidays: true,
				skipClosedDays: true,
				school: null,
				campaign: used,
				capacity: 2,
				minimum: 1
			},
			now
		);
	});
	for (const id of [used, idle]) await transaction((tx) => endCampaign(tx, safety, id, now));
	const left = await campaignsOf(db, safety);
	expect(left.find((one) => one.id === used)?.endedOn).toBe(today);
	expect(left.some((one) => one.id === idle)).toBe(false);
	expect(await db.select().from(weeklyRule).where(eq(weeklyRule.campaign, used))).toHaveLength(1);
	expect(await campaignsOn(db, leader, now)).toEqual([]);
	await transaction((tx) => resumeCampaign(tx, safety, used));
	expect((await campaignsOn(db, leader, now)).map((one) => one.id)).toEqual([used]);
});

test('who may not keep campaigns, or is of another town, finds none', async () => {
	const id = await make({ name: '冬の見守り' });
	for (const actor of [leader, foreign]) {
		await expect(transaction((tx) => changeCampaign(tx, actor, id, autumn({ name: 'x' })))).rejects.toEqual(missing);
		await expect(transaction((tx) => endCampaign(tx, actor, id, now))).rejects.toEqual(missing);
		await expect(transaction((tx) => resumeCampaign(tx, actor, id))).rejects.toEqual(missing);
	}
	const [found] = await db.select().from(campaign).where(eq(campaign.id, id));
	expect(found).toMatchObject({ name: '冬の見守り', endedOn: null });
});
