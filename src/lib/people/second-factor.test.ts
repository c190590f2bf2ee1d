import { afterAll, beforeAll, expect, it } from 'vitest';
import { Secret, TOTP } from 'otpauth';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { actorFor, seedPeople, town } from '../../../tests/people.ts';
import { beginStep, needsSecondFactor, passwordHolder, stepOf } from './entering.server.ts';
import * as f from './second-factor.server.ts';

const today = '2026-11-20';
const now = new Date('2026-11-20T10:00:00+09:00');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const who = { municipality: town.municipality, person: town.people.safety };
let close: () => void;
let secret = '';
let codes: string[] = [];
const telephone = (at: Date) => new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction((tx) => seedPeople(tx, today));
});
afterAll(() => close());

it('is asked of every staff role of a real municipality, and of nobody in the invented town', async () => {
	const real = { id: town.municipality, demo: false };
	for (const key of ['safety', 'guidance', 'officer', 'approver', 'admin'] as const) {
		expect(needsSecondFactor(real, await actorFor(db, key, today))).toBe(true);
		expect(needsSecondFactor({ ...real, demo: true }, await actorFor(db, key, today))).toBe(false);
	}
	for (const key of ['volunteer', 'leader', 'school'] as const)
		expect(needsSecondFactor(real, await actorFor(db, key, today))).toBe(false);
});

it('is confirmed by the first right code, and the QR says whose it is', async () => {
	const begun = (await transaction((tx) => f.beginEnrolment(tx, who, '中村', 'みまもり')))!;
	secret = begun.secret;
	expect(begun.address).toMatch(/^otpauth:\/\/totp\/.*secret=/);
	// Going back and forth keeps the same secret: the telephone has it already.
	expect((await transaction((tx) => f.beginEnrolment(tx, who, '中村', 'みまもり')))!.secret).toBe(secret);
	expect(await transaction((tx) => f.confirmEnrolment(tx, who, '000000', now))).toBeUndefined();
	expect(await f.hasSecondFactor(db, who.person)).toBe(false);
	codes = (await transaction((tx) => f.confirmEnrolment(tx, who, telephone(now), now)))!;
	expect(codes).toHaveLength(8);
	expect(await f.hasSecondFactor(db, who.person)).toBe(true);
	expect(await transaction((tx) => f.beginEnrolment(tx, who, '中村', 'みまもり'))).toBeUndefined();
});

it('takes each code once, also when two come at the same moment', async () => {
	expect(await transaction((tx) => f.useTotp(tx, who.person, telephone(now), now))).toBe(false);
	const next = telephone(later(60));
	const both = await Promise.all([1, 2].map(() => transaction((tx) => f.useTotp(tx, who.person, next, later(60)))));
	expect(both.sort()).toEqual([false, true]);
	expect(await transaction((tx) => f.useTotp(tx, who.person, telephone(later(30)), later(60)))).toBe(false);
});

it('allows a clock half a minute off and full-width digits, and nothing older', async () => {
	const wide = telephone(later(120)).replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));
	expect(await transaction((tx) => f.useTotp(tx, who.person, wide, later(150)))).toBe(true);
	expect(await transaction((tx) => f.useTotp(tx, who.person, telephone(later(300)), later(400)))).toBe(false);
	expect(await transaction((tx) => f.useTotp(tx, who.person, 'abcdef', later(400)))).toBe(false);
});

it('recovery codes open once, are typed by hand, and rest as hashes', async () => {
	const all = JSON.stringify(connections().reader.prepare('select * from recovery_code').all());
	for (const code of codes) expect(all).not.toContain(code);
	const typed = `${codes[0]!.slice(0, 5).toLowerCase()}-${codes[0]!.slice(5)}`;
	expect(await transaction((tx) => f.useRecoveryCode(tx, who, typed, now))).toBe(true);
	expect(await transaction((tx) => f.useRecoveryCode(tx, who, typed, now))).toBe(false);
	const stranger = { ...who, person: town.people.guidance };
	expect(await transaction((tx) => f.useRecoveryCode(tx, stranger, codes[1]!, now))).toBe(false);
});

it('the step between password and code ends after ten minutes', async () => {
	const token = await transaction((tx) => beginStep(tx, who, now));
	expect((await stepOf(db, town.municipality, token, later(599)))!.actor.person).toBe(who.person);
	expect(await stepOf(db, town.municipality, token, later(600))).toBeUndefined();
	expect(await stepOf(db, town.municipality, 'made-up', now)).toBeUndefined();
});

it('the password opens by id whatever its width and case; all that is wrong sounds the same', async () => {
	const here = { id: town.municipality, demo: true };
	const from = { address: '192.0.2.7' };
	const enter = (loginId: string, password: string) => passwordHolder(db, here, { loginId, password }, from, now);
	expect((await enter('leader', 'mimamori-demo')).person).toBe(town.people.leader);
	await expect(enter('leader', 'Mimamori-demo')).rejects.toThrow('error_login');
	await expect(enter('nobody', 'mimamori-demo')).rejects.toThrow('error_login');
});
