/** What a phone takes along for the days ahead. */
import { expect, test } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { openTown } from '../../../tests/open-town.ts';
import { town } from '../../../tests/people.ts';
import { makePlace } from './places.server.ts';
import { makeShift } from './shifts.server.ts';
import { packOf } from './pack.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T03:00:00Z');
const who = openTown(today, ['volunteer', 'leader', 'safety'] as const);

test('the pack holds names of own bodies only, no phone numbers, and its shifts', async () => {
	const post = await transaction((tx) =>
		makePlace(
			tx,
			who.leader,
			{
				association: town.associations.honcho,
				kind: 'post',
				name: '本町交差点',
				meetingSpot: '𠮷田さん宅前',
				line: '35.7037, 139.5037'
			},
			now
		)
	);
	const times = { place: post, programme: 'schoolWatch' as const, from: '07:30', to: '08:30', capacity: 2, minimum: 2 };
	for (const onDay of ['2026-11-27', '2026-12-04', '2026-12-08'])
		await transaction((tx) => makeShift(tx, who.leader, { ...times, onDay, note: '' }, now));
	const pack = await packOf(db, who.volunteer, now);
	expect(pack.bodies.map((one) => one.name)).toEqual(['本町北町会']);
	expect(pack.roster.every((one) => one.association === town.associations.honcho)).toBe(true);
	expect(pack.roster.map((one) => one.name)).toContain('𠮷田 千代');
	expect(JSON.stringify(pack)).not.toMatch(/042-000/);
	expect(pack.posts).toMatchObject([{ id: post, lat: 35.7037, lng: 139.5037 }]);
	expect(pack.shifts.map((one) => one.on)).toEqual(['2026-11-27', '2026-12-04']);
	expect(pack.partners.map((one) => one.id)).not.toContain(town.associations.honcho);
	expect((await packOf(db, who.stranger, now)).partners).toEqual([]);
	expect((await packOf(db, who.safety, now)).bodies.map((one) => [one.type, one.name])).toContainEqual([
		'section',
		'地域安全課'
	]);
});
