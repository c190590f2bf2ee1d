import { expect, test } from 'vitest';
import { may, roles, type Actor, type Role } from '#lib/people/permissions.ts';
import { barOf, menuOf, tilesOf } from './menu.server.ts';

const actorOf = (role: Role): Actor => ({
	municipality: 'm',
	person: 'p',
	name: '',
	grants: [{ role, association: 'a', school: 's', section: 'x' }]
});
const keysOf = (entries: readonly { key: string }[]) => entries.map(({ key }) => key);

test('home has at most six large ways in, and all of them stand in the menu', () => {
	for (const role of roles) {
		const [tiles, menu] = [keysOf(tilesOf(actorOf(role))), keysOf(menuOf(actorOf(role)))];
		expect(tiles.length, role).toBeLessThanOrEqual(6);
		expect(new Set(tiles).size, role).toBe(tiles.length);
		expect(
			tiles.filter((key) => !menu.includes(key)),
			role
		).toEqual([]);
	}
});

test('the map of refuge homes is one of them for whoever may open it, and for nobody else', () => {
	for (const role of roles)
		expect(keysOf(tilesOf(actorOf(role))).includes('map'), role).toBe(may(actorOf(role), 'pocket.map'));
	expect(keysOf(tilesOf(actorOf('guidance')))).toContain('runIns');
});

test('who walks has recording and the own watches at the thumb', () => {
	for (const role of ['volunteer', 'leader'] as const)
		expect(keysOf(barOf(actorOf(role)))).toEqual(['home', 'shifts', 'record']);
});
