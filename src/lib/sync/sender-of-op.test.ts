/** Whose an op is: nobody sends, numbers or receives in another name. */
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { db } from '#lib/server/db/index.ts';
import { record, trail } from '#lib/server/db/trail.ts';
import { town } from '../../../tests/people.ts';
import { moment, phone } from '../../../tests/phone.ts';
import { honcho, idOf, is, my, openReceiver, send } from '../../../tests/receiver.ts';
import { registerHandler } from './handlers.server.ts';
import type { Op } from './protocol.ts';
import { receive } from './receive.server.ts';
import { syncOp } from './tables.server.ts';

const people = openReceiver();

beforeAll(() => {
	registerHandler('test.fact', {
		schema: { 1: z.looseObject({}) },
		apply: async (tx, op) => record(tx, op.actor, 'test.fact', 'test', op.id)
	});
});
const effects = (op: Op) => db.$count(trail, eq(trail.thing, idOf(op)));

describe('who', () => {
	it('another person signed in: nothing is stored and nothing receipted, so that it waits for its owner', async () => {
		const op = await my.phone.op();
		expect(await receive(people.leader, my.phone.push([op]), moment, String)).toBe('otherPerson');
		expect(await db.$count(syncOp, eq(syncOp.hash, op.hash))).toBe(0);
		expect(is(await send(people.volunteer, my.phone.push([op])))).toEqual(['stored accepted']);
	});

	it('an op in another name among own ones has no effect and does not take the other person’s id', async () => {
		const op = await my.phone.op();
		const thief = phone(people.leader.person, honcho);
		const answer = await send(
			people.leader,
			thief.push([await thief.op(), { ...op, device: thief.device, epoch: thief.epoch, seq: 2 }])
		);
		expect(is(answer)).toEqual(['stored accepted', 'stored rejected']);
		expect(await effects(op)).toBe(0);
		expect(is(await send(people.volunteer, my.phone.push([op])))).toEqual(['stored accepted']);
		expect(await effects(op)).toBe(1);
	});

	it('another person’s numbers cannot be used up', async () => {
		await send(people.volunteer, my.phone.push([await my.phone.op()]));
		const thief = phone(people.leader.person, honcho);
		const ops = [await thief.op({}, { device: my.phone.device, epoch: my.phone.epoch, seq: 2 })];
		expect(is(await send(people.leader, thief.push(ops)))).toEqual(['conflict']);
		expect(
			await receive(people.leader, thief.push(ops, { device: my.phone.device, epoch: my.phone.epoch }), moment, String)
		).toBe('otherPerson');
		expect(is(await send(people.volunteer, my.phone.push([await my.phone.op()])))).toEqual(['stored accepted']);
	});

	it('a body the author was not in at the time', async () => {
		const far = phone(people.volunteer.person, { type: 'association', id: town.associations.kajino });
		expect(is(await send(people.volunteer, far.push([await far.op()])))).toEqual(['stored rejected']);
		const early = await my.phone.op({ at: '2023-03-31T23:59:00+09:00', boot: 'before' });
		expect(is(await send(people.volunteer, my.phone.push([early]), new Date('2023-04-01T00:30:00+09:00')))).toEqual([
			'stored rejected'
		]);
		const first = await my.phone.op({ at: '2023-04-01T00:00:00+09:00', boot: 'before' });
		expect(is(await send(people.volunteer, my.phone.push([first]), new Date('2023-04-01T00:30:00+09:00')))).toEqual([
			'stored accepted'
		]);
	});

	it('another municipality’s body, and its people', async () => {
		const ours = phone(people.stranger.person, honcho);
		expect(is(await send(people.stranger, ours.push([await ours.op()])))).toEqual(['stored rejected']);
		const op = await my.phone.op();
		await send(people.volunteer, my.phone.push([op]));
		const theirs = phone(people.stranger.person, { type: 'association', id: people.stranger.grants[0]!.association! });
		const same = await theirs.op({ id: idOf(op) });
		expect(is(await send(people.stranger, theirs.push([same])))).toEqual(['conflict']);
		const [row] = await db
			.select()
			.from(syncOp)
			.where(eq(syncOp.id, idOf(op)));
		expect(row).toMatchObject({ municipality: town.municipality, author: people.volunteer.person });
	});
});
