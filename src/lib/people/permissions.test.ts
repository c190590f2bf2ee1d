import { describe, expect, it } from 'vitest';
import { gates } from './gates.ts';
import {
	can,
	may,
	permissions,
	reachOf,
	roles,
	type Action,
	type Actor,
	type Grant,
	type Held,
	type Reach
} from './permissions.ts';

const held: readonly Held[] = [...roles, 'pastLeader'];
const actions = Object.keys(permissions) as Action[];
const grantOf: Record<Held, Grant> = {
	volunteer: { role: 'volunteer', association: 'own' },
	leader: { role: 'leader', association: 'own', untilOn: '2027-03-31' },
	pastLeader: { role: 'pastLeader', association: 'own', untilOn: '2027-05-31', upTo: '2027-03-31' },
	school: { role: 'school', school: 'own' },
	safety: { role: 'safety', section: 'own' },
	guidance: { role: 'guidance', section: 'own' },
	officer: { role: 'officer', section: 'own' },
	approver: { role: 'approver', section: 'own' },
	admin: { role: 'admin' }
};
const actorOf = (...roles: Held[]): Actor => ({
	municipality: 'm',
	person: 'me',
	name: '',
	grants: roles.map((r) => grantOf[r])
});
/** What a reach lets touch: one's own thing, the own body's, section's, school's, and anything else. */
const things = {
	self: { person: 'me' },
	association: { association: 'own', on: '2027-03-31' },
	section: { section: 'own' },
	district: { school: 'own' }
} as const;
const foreign = [
	{},
	{ person: 'other' },
	{ association: 'other', on: '2027-03-31' },
	{ section: 'other' },
	{ school: 'other' }
];

describe.each(held)('%s', (role) => {
	it.each(actions)('%s: exactly the reach of the table, own and foreign', (action) => {
		const reach = (permissions[action] as Partial<Record<Held, Reach>>)[role];
		const actor = actorOf(role);
		expect(may(actor, action)).toBe(reach !== undefined);
		for (const [name, target] of Object.entries(things))
			expect([name, can(actor, action, target)]).toEqual([name, reach === 'municipality' || reach === name]);
		for (const target of foreign)
			expect([target, can(actor, action, target)]).toEqual([target, reach === 'municipality']);
	});
});

it('nobody without a role reaches anything', () => {
	for (const action of actions) expect(may(actorOf(), action)).toBe(false);
});

it('a past leader touches only what tells its day and is of the old year', () => {
	const past = actorOf('pastLeader');
	const confirm = (on?: string) => can(past, 'patrol.confirm', { association: 'own', ...(on && { on }) });
	expect([confirm('2027-03-31'), confirm('2027-04-01'), confirm()]).toEqual([true, false, false]);
	expect(reachOf(past, 'patrol.confirm')).toMatchObject({ associations: [], past: [{ upTo: '2027-03-31' }] });
	expect(may(past, 'roster.edit')).toBe(false);
});

it('an administrator reads no roster’s private homes and confirms no logs by being one', () => {
	for (const action of ['patrol.see', 'patrol.confirm', 'finding.see'] as const)
		expect(may(actorOf('admin'), action)).toBe(false);
});

it('every gate asks for an action of the table', () => {
	for (const [route, methods] of Object.entries(gates))
		for (const gate of Object.values(methods))
			expect([route, gate === 'public' || gate in permissions]).toEqual([route, true]);
});
