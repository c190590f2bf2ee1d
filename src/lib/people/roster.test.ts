import { describe, expect, it } from 'vitest';
import { eq } from 'drizzle-orm';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { openTown } from '../../../tests/open-town.ts';
import { actorFor, otherTown, town } from '../../../tests/people.ts';
import { claimInvitation, invitationOf, makeInvitation, revokeInvitation } from './invitations.server.ts';
import { foldPhone, memberForm } from './member.ts';
import { addMember, editMember, endMembership, leave } from './members.server.ts';
import type { Actor } from './permissions.ts';
import { membersOf, pastMembersOf, rosters } from './reads.server.ts';
import { foldCode, isCode } from './code.ts';
import { consentsOf, withdrawConsent } from './consents.server.ts';
import { consent, invitation, membership, roleGrant } from './tables.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T10:00:00+09:00');
const days = (n: number) => new Date(now.getTime() + n * 86_400_000);
const { honcho } = town.associations;
const text = { version: '2026-11', text: '名前を当番表に載せます。' };
const people = openTown(today, ['leader', 'volunteer', 'midoriLeader'] as const);

const input = (name: string, kana = '', phone = '', duty = '') => memberForm.parse({ name, kana, phone, duty });
const add = (name: string) => transaction((tx) => addMember(tx, people.leader, honcho, input(name), now));

describe('the roster', () => {
	it('takes names as they are written, and folds only numbers', async () => {
		expect(input('髙﨑 𠮷生㈱', 'タカサキ　ﾖｼｵ', '０９０－１２３４－５６７８')).toEqual({
			name: '髙﨑 𠮷生㈱',
			kana: 'たかさき よしお',
			phone: '090-1234-5678',
			duty: null
		});
		expect(foldPhone('(042)000ー0012')).toBe('042-000-0012');
		for (const bad of ['1234', '+81421234567', '042-000-00', 'でんわ', '042-000-00123456'])
			expect([bad, foldPhone(bad)]).toEqual([bad, undefined]);
		expect(memberForm.safeParse({ name: '　' }).success).toBe(false);
		expect(memberForm.safeParse({ name: '山', kana: '<script>' }).success).toBe(false);
	});

	it('shows phones and codes to the leader alone, names to the body, nothing to anybody else', async () => {
		const seen = (who: Actor) => membersOf(db, who, honcho, now);
		expect((await seen(people.leader)).find((one) => one.name === '髙橋 和子')).toMatchObject({
			phone: expect.stringMatching(/^042-000-/),
			access: 'account'
		});
		const forVolunteer = await seen(people.volunteer);
		expect(forVolunteer).toHaveLength(11);
		expect(JSON.stringify(forVolunteer)).not.toMatch(/042-|phone|access/);
		expect(forVolunteer.filter((one) => one.leader).map((one) => one.name)).toEqual(['山﨑 正一']);
		for (const who of [people.midoriLeader, people.stranger, await actorFor(db, 'officer', today)])
			await expect(seen(who)).rejects.toThrow(NotFound);
		expect((await rosters(db, people.volunteer)).map((one) => one.name)).toEqual(['本町北町会']);
		expect(await rosters(db, people.stranger)).toEqual([expect.objectContaining({ id: otherTown.association })]);
	});

	it('gets a member by name alone, once however often the button is pressed', async () => {
		await add('新田 一');
		await expect(add('新田 一')).rejects.toThrow('error_member_there');
		const both = await Promise.allSettled([add('二宮 二'), add('二宮 二')]);
		expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
	});

	it('is edited by its own leader only', async () => {
		const { membership: id } = await add('三上 三');
		const change = (who: Actor) => transaction((tx) => editMember(tx, who, id, input('三上 三郎', 'みかみ')));
		await change(people.leader);
		for (const who of [people.volunteer, people.midoriLeader, people.stranger]) {
			await expect(change(who)).rejects.toThrow(NotFound);
			await expect(transaction((tx) => endMembership(tx, who, id, 'moved', now))).rejects.toThrow(NotFound);
			await expect(transaction((tx) => makeInvitation(tx, who, id, now))).rejects.toThrow(NotFound);
			await expect(transaction((tx) => addMember(tx, who, honcho, input('侵入'), now))).rejects.toThrow(NotFound);
		}
		expect((await membersOf(db, people.leader, honcho, now)).filter((one) => one.name === '三上 三郎')).toHaveLength(1);
	});

	it('keeps who has left, with the reason; a code dies with the membership; nobody is ended twice', async () => {
		const { membership: id } = await add('四谷 四');
		const { code } = await transaction((tx) => makeInvitation(tx, people.leader, id, now));
		await transaction((tx) => endMembership(tx, people.leader, id, 'moved', now));
		await expect(transaction((tx) => endMembership(tx, people.leader, id, 'moved', now))).rejects.toThrow(NotFound);
		expect(await invitationOf(db, town.municipality, code, now)).toBeUndefined();
		expect((await pastMembersOf(db, people.leader, honcho))[0]).toMatchObject({ name: '四谷 四', reason: 'moved' });
		// Coming back is a new membership beside the old one.
		await add('四谷 四');
	});

	it('refuses two open memberships, and one across municipalities, in the database itself', async () => {
		const insert = (values: Partial<typeof membership.$inferInsert>) =>
			transaction(async (tx) => {
				await tx.insert(membership).values({
					id: crypto.randomUUID(),
					municipality: town.municipality,
					person: town.people.volunteer,
					association: honcho,
					joinedOn: today,
					...values
				});
			});
		await expect(insert({})).rejects.toThrow();
		await expect(insert({ association: otherTown.association })).rejects.toThrow();
		await expect(insert({ person: otherTown.volunteer })).rejects.toThrow();
	});

	it('lets a member leave by themselves, and nobody else through that door', async () => {
		const mori = await actorFor(db, 'mori', today);
		const [mine] = await db.select().from(membership).where(eq(membership.person, mori.person));
		await expect(transaction((tx) => leave(tx, people.volunteer, mine!.id, now))).rejects.toThrow(NotFound);
		await transaction((tx) => leave(tx, mori, mine!.id, now));
		expect((await actorFor(db, 'mori', today)).grants).toEqual([]);
	});
});

describe('a code for a member', () => {
	const invite = async (name: string) => {
		const added = await add(name);
		const made = await transaction((tx) => makeInvitation(tx, people.leader, added.membership, now));
		return { ...added, ...made };
	};
	const claim = (code: string, at = now, of = town.municipality) =>
		transaction((tx) => claimInvitation(tx, of, code, text, at));

	it('is typed in any width and case, says who invites whom, and rests as a hash', async () => {
		const { code } = await invite('五島 五');
		expect(code).toMatch(/^[346789ABCDEFGHJKMNPQRTVWXY]{8}$/);
		const wide = [...code.toLowerCase()].map((c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
		expect(foldCode(`${wide.slice(0, 4)}ー${wide.slice(4)} `)).toBe(code);
		expect(isCode('ABCD-3467')).toBe(false);
		expect(await invitationOf(db, town.municipality, code, now)).toEqual({
			name: '五島 五',
			association: '本町北町会',
			leader: '山﨑 正一'
		});
		expect(JSON.stringify(connections().reader.prepare('select * from invitation').all())).not.toContain(code);
	});

	it('opens once: of two devices at the same moment one wins', async () => {
		const { code, person } = await invite('六車 六');
		const both = await Promise.allSettled([claim(code), claim(code)]);
		expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
		const mine = await db.select().from(consent).where(eq(consent.person, person));
		expect(mine).toEqual([expect.objectContaining({ ...text, purpose: 'membership' })]);
		await expect(claim(code)).rejects.toThrow('error_code_over');
	});

	it('opens nothing when over, revoked, replaced, or of another town', async () => {
		const late = await invite('七海 七');
		await expect(claim(late.code, days(14))).rejects.toThrow('error_code_over');
		await expect(claim(late.code, now, otherTown.municipality)).rejects.toThrow('error_code_over');
		const again = await transaction((tx) => makeInvitation(tx, people.leader, late.membership, now));
		await expect(claim(late.code)).rejects.toThrow('error_code_over');
		await transaction((tx) => revokeInvitation(tx, people.leader, late.membership, now));
		await expect(claim(again.code)).rejects.toThrow('error_code_over');
		const used = await transaction((tx) => makeInvitation(tx, people.leader, late.membership, now));
		expect((await claim(used.code, days(13.9))).name).toBe('七海 七');
	});

	it('never leads into somebody who signs in with a password, holds a role, or belongs elsewhere too', async () => {
		const of = async (person: string, association = honcho) =>
			(await db.select().from(membership).where(eq(membership.person, person))).find(
				(one) => one.association === association
			)!.id;
		const make = async (person: string) => {
			const id = await of(person);
			return transaction((tx) => makeInvitation(tx, people.leader, id, now));
		};
		await expect(make(town.people.volunteer)).rejects.toThrow('error_invite_has_account');
		await expect(make(town.people.leader)).rejects.toThrow('error_invite_has_account');
		await expect(make(town.people.hamada)).rejects.toThrow('error_invite_elsewhere');
		const { code, person } = await invite('八木 八');
		await transaction((tx) =>
			tx.insert(roleGrant).values({
				id: crypto.randomUUID(),
				municipality: town.municipality,
				person,
				role: 'admin',
				fromOn: today,
				untilOn: '2027-03-31',
				at: now
			})
		);
		await expect(claim(code)).rejects.toThrow('error_code_over');
		const [row] = await db.select().from(invitation).where(eq(invitation.person, person));
		expect(row!.usedAt).toBeNull();
	});

	it('leaves a consent that its giver can take back, once, and nobody can rewrite', async () => {
		const { code } = await invite('九条 九');
		const me = await claim(code);
		const [mine] = await consentsOf(db, me);
		await expect(transaction((tx) => withdrawConsent(tx, people.volunteer, mine!.id, now))).rejects.toThrow(NotFound);
		await transaction((tx) => withdrawConsent(tx, me, mine!.id, now));
		await expect(transaction((tx) => withdrawConsent(tx, me, mine!.id, now))).rejects.toThrow(NotFound);
		expect((await consentsOf(db, me))[0]!.withdrawnAt).toEqual(now);
		await expect(transaction(async (tx) => void (await tx.update(consent).set({ text: '別の文' })))).rejects.toThrow();
	});
});
