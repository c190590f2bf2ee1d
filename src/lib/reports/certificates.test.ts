/** Certificates of hours, against a year counted by hand. */
import { and, eq } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { withdraw } from '#lib/patrols/logs.server.ts';
import { endMembership } from '#lib/people/members.server.ts';
import type { Actor, Held } from '#lib/people/permissions.ts';
import { membership } from '#lib/people/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { trail } from '#lib/server/db/trail.ts';
import { ids, now, people, special, today, walked, without } from '../../../tests/hand-counted.ts';
import { town } from '../../../tests/people.ts';
import { memberCertificate, ownCertificates } from './certificates.server.ts';

const { honcho, midori } = town.associations;
const { volunteer } = town.people;
const notThere = expect.objectContaining({ name: 'NotFound' });
const own = (who: Actor = people.volunteer, year = 2024) => ownCertificates(db, who, year, now);
const membershipOf = async (of: string, body = honcho) =>
	(
		await db
			.select()
			.from(membership)
			.where(and(eq(membership.person, of), eq(membership.association, body)))
	)[0]!.id;
const issue = (who: Actor, id: string, year = 2024) => transaction((tx) => memberCertificate(tx, who, id, year, now));

describe('a certificate of hours', () => {
	it('counts the confirmed walks one is on: an hour once, and what has no end only as a time', async () => {
		const [certificate, ...others] = await own();
		expect(others).toEqual([]);
		expect(certificate).toMatchObject({ name: people.volunteer.name, issuer: people.leader.name, on: today });
		expect(certificate!.figures).toEqual({
			...{ times: 5, untimed: 1, firstOn: '2024-04-13', lastOn: '2025-03-31' },
			// 50 + 60, 7:40 to 8:25 though two logs tell of it, and one that ends before it begins.
			minutes: 50 + 60 + 45,
			lines: [
				{ programme: 'volunteerPatrol', times: 2, minutes: 50 },
				{ programme: 'greeting', times: 2, minutes: 45 },
				{ programme: 'joint', times: 1, minutes: 60 }
			]
		});
	});

	it('a row taken away, a walk taken back, a person taken off: each moves it', async () => {
		const mine = (statement: string) =>
			without(statement, async (tx) => (await ownCertificates(tx, people.volunteer, 2024, now))[0]!.figures);
		const of = (log: string) => `version IN (SELECT id FROM log_version WHERE log = '${log}')`;
		expect(await mine(`DELETE FROM log_confirmation WHERE ${of(ids.patrol)}`)).toMatchObject({
			times: 4,
			minutes: 105
		});
		expect(await mine(`DELETE FROM log_person WHERE ${of(ids.joint)}`)).toMatchObject({ times: 4, minutes: 95 });
		const extra = await walked({ on: '2024-09-14' });
		expect((await own())[0]!.figures).toMatchObject({ times: 6, minutes: 205 });
		await transaction((tx) => withdraw(tx, people.leader, extra, '別の日', now));
		expect((await own())[0]!.figures).toMatchObject({ times: 5, minutes: 155 });
	});

	it('who walks with two bodies has one of each; a joint patrol is certified by one’s own', async () => {
		const join = (joinedOn: string, endedOn: string | null) =>
			transaction((tx) =>
				tx.insert(membership).values({
					...{ id: newId(), municipality: town.municipality, person: volunteer },
					...{ association: midori, duty: null, joinedOn, endedOn }
				})
			);
		// A member of the next year on only walked as a guest.
		await join('2025-04-02', null);
		expect((await own()).map(({ body }) => body.id)).toEqual([honcho]);
		await join('2024-04-01', '2025-04-01');
		expect((await own()).map(({ body, figures }) => [body.id, figures.times, figures.minutes])).toEqual([
			[honcho, 5, 155],
			[midori, 1, 60]
		]);
	});

	it('the leader issues it for a member who exists by name only, as the name is written, and the trail says so', async () => {
		const { certificate } = await issue(people.leader, ids.byName);
		expect(certificate).toMatchObject({
			name: special,
			issuer: people.leader.name,
			figures: { times: 1, minutes: 25 }
		});
		const lines = await db
			.select()
			.from(trail)
			.where(and(eq(trail.deed, 'certificate.issue'), eq(trail.thing, ids.byName)));
		expect(lines).toMatchObject([{ person: people.leader.person, kind: 'membership', facts: { fiscalYear: 2024 } }]);
		const mine = await membershipOf(people.leader.person);
		await issue(people.leader, mine);
		expect(await db.select().from(trail).where(eq(trail.thing, mine))).toEqual([]);
		expect((await issue(people.leader, ids.byName, 2023)).certificate).toBeUndefined();
	});

	it('of one who left during the year, too', async () => {
		await transaction((tx) => endMembership(tx, people.leader, ids.byName, 'moved', now));
		expect((await issue(people.leader, ids.byName)).certificate?.figures.times).toBe(1);
	});

	it('nobody else issues one, and nothing is written down then', async () => {
		const id = await membershipOf(volunteer);
		const before = await db.$count(trail);
		const { midoriLeader, safety, admin, approver, stranger } = people;
		for (const who of [midoriLeader, safety, admin, approver, stranger, people.volunteer])
			await expect(issue(who, id)).rejects.toEqual(notThere);
		const past = {
			...people.leader,
			grants: [{ role: 'pastLeader' as Held, association: honcho, upTo: '2025-03-31' }]
		};
		await expect(issue(past, id, 2025)).rejects.toEqual(notThere);
		expect(await db.$count(trail)).toBe(before);
		expect((await issue(past, id)).certificate?.figures.times).toBe(5);
		expect(await own(safety)).toEqual([]);
	});

	it('without a leader the line for the name stays empty', async () => {
		const later = new Date('2031-06-01T12:00:00+09:00');
		expect((await ownCertificates(db, people.volunteer, 2024, later))[0]!.issuer).toBeNull();
	});
});
