import { describe, expect, it } from 'vitest';
import { db, transaction } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { openTown } from '../../../tests/open-town.ts';
import { actorFor, town } from '../../../tests/people.ts';
import { acceptOffer, declineOffer, handoverOf, offerRole, offersTo, withdrawOffer } from './handovers.server.ts';
import type { Actor } from './permissions.ts';
import { leadersHistory } from './reads.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T10:00:00+09:00');
const { midori } = town.associations;
const people = openTown(today, ['leader', 'volunteer', 'midoriLeader'] as const);

describe('the role of leader', () => {
	const successor = town.people.hayashi;
	const offer = (fromOn: string, who = people.midoriLeader, to: string = successor) =>
		transaction((tx) => offerRole(tx, who, midori, { successor: to, fromOn }, now));

	it('is offered to a member of the same body, for a sensible day, by its holder', async () => {
		await expect(offer(today, people.leader)).rejects.toThrow(NotFound);
		await expect(offer(today, people.stranger)).rejects.toThrow(NotFound);
		await expect(offer(today, people.midoriLeader, town.people.volunteer)).rejects.toThrow(NotFound);
		await expect(offer(today, people.midoriLeader, people.midoriLeader.person)).rejects.toThrow('error_offer_self');
		await expect(offer('2026-11-19')).rejects.toThrow('error_offer_day');
		await expect(offer('2027-04-02')).rejects.toThrow('error_offer_day');
	});

	it('moves when the successor accepts, once; the old grant names its successor; both are history', async () => {
		const first = await offer('2026-12-01');
		const second = await offer(today);
		const hayashi = await actorFor(db, 'hayashi', today);
		expect((await offersTo(db, hayashi)).map((one) => one.id)).toEqual([second]);
		expect(await handoverOf(db, people.midoriLeader, midori)).toMatchObject({ offer: { id: second } });
		const accept = (who: Actor, id: string) => transaction((tx) => acceptOffer(tx, who, id, now));
		await expect(accept(hayashi, first)).rejects.toThrow(NotFound);
		await expect(accept(people.volunteer, second)).rejects.toThrow(NotFound);
		const both = await Promise.allSettled([accept(hayashi, second), accept(hayashi, second)]);
		expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		expect((await actorFor(db, 'midoriLeader', today)).grants.map((one) => one.role)).toEqual(['volunteer']);
		expect((await actorFor(db, 'hayashi', today)).grants).toContainEqual({
			role: 'leader',
			association: midori,
			untilOn: '2027-03-31'
		});
		expect((await leadersHistory(db, await actorFor(db, 'hayashi', today), midori)).map((one) => one.name)).toEqual([
			'林 誠',
			'木村 敏子'
		]);
		await expect(transaction((tx) => withdrawOffer(tx, people.midoriLeader, second, now))).rejects.toThrow(NotFound);
	});

	it('accepted for 1 April goes on until then, and the new one lasts the whole next year', async () => {
		const maehara = town.associations.maehara;
		const old = await actorFor(db, 'maeharaLeader', today);
		const id = await transaction((tx) =>
			offerRole(tx, old, maehara, { successor: town.people.maeda, fromOn: '2027-04-01' }, now)
		);
		const maeda = await actorFor(db, 'maeda', today);
		await transaction((tx) => acceptOffer(tx, maeda, id, now));
		const roles = async (key: 'maeharaLeader' | 'maeda', day: string) =>
			(await actorFor(db, key, day)).grants.map((one) => one.role);
		expect(await roles('maeharaLeader', '2027-03-31')).toContain('leader');
		expect(await roles('maeda', '2027-03-31')).toEqual(['volunteer']);
		expect(await roles('maeharaLeader', '2027-04-01')).toEqual(['volunteer']);
		expect(await roles('maeda', '2027-04-01')).toContain('leader');
		expect(await roles('maeda', '2028-03-31')).toContain('leader');
	});

	it('run out on 31 March is still handed over in April, and may be declined', async () => {
		const nukui = town.associations.nukui;
		const april = new Date('2027-04-10T09:00:00+09:00');
		const past = await actorFor(db, 'nukuiLeader', '2027-04-10');
		expect(past.grants.map((one) => one.role)).toContain('pastLeader');
		const offerEndo = () =>
			transaction((tx) => offerRole(tx, past, nukui, { successor: town.people.endo, fromOn: '2027-04-10' }, april));
		const endo = await actorFor(db, 'endo', '2027-04-10');
		const first = await offerEndo();
		await transaction((tx) => declineOffer(tx, endo, first, april));
		expect((await actorFor(db, 'nukuiLeader', '2027-04-10')).grants.map((one) => one.role)).toContain('pastLeader');
		const second = await offerEndo();
		await transaction((tx) => acceptOffer(tx, endo, second, april));
		expect((await actorFor(db, 'nukuiLeader', '2027-04-10')).grants.map((one) => one.role)).toEqual(['volunteer']);
		expect((await actorFor(db, 'endo', '2028-03-31')).grants.map((one) => one.role)).toContain('leader');
	});
});
