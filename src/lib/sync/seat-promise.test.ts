/** A seat that was promised to a phone: given back when it is deleted there, and kept through a restore by our own signature. */
import { and, eq, isNull } from 'drizzle-orm';
import { beforeAll, describe, expect, it } from 'vitest';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { makePlace } from '#lib/watches/places.server.ts';
import { registerWatches } from '#lib/watches/receive.server.ts';
import { makeShift } from '#lib/watches/shifts.server.ts';
import { join } from '#lib/watches/signUps.server.ts';
import { notice, signUp } from '#lib/watches/tables.server.ts';
import { moment } from '../../../tests/phone.ts';
import { honcho, idOf, is, my, openReceiver, send } from '../../../tests/receiver.ts';

const people = openReceiver();
let post: string;

beforeAll(async () => {
	registerWatches();
	post = await transaction((tx) =>
		makePlace(
			tx,
			people.leader,
			{ association: honcho.id, kind: 'post', name: '交差点', meetingSpot: '', line: '35.7, 139.5' },
			moment
		)
	);
});

async function watch(capacity = 1): Promise<string> {
	const facts = { place: post, programme: 'schoolWatch', onDay: '2025-12-01', minimum: 1, note: '', capacity } as const;
	return transaction((tx) => makeShift(tx, people.leader, { ...facts, from: '07:30', to: '08:30' }, moment));
}
const seated = async (shift: string) =>
	(
		await db
			.select()
			.from(signUp)
			.where(and(eq(signUp.shift, shift), isNull(signUp.endedAt)))
	).map((one) => one.person);

it('a place that was taken is given back when its op is deleted on the phone', async () => {
	const shift = await watch();
	const op = await my.phone.op({ kind: 'shift.join', payload: { shift } });
	await send(people.volunteer, my.phone.push([op]));
	expect(await seated(shift)).toEqual([people.volunteer.person]);
	const gone = await my.phone.op({ kind: 'void', base: idOf(op), payload: { seq: op.seq } });
	expect(is(await send(people.volunteer, my.phone.push([gone])))).toEqual(['stored accepted']);
	expect(await seated(shift)).toEqual([]);
});

describe('after a restore', () => {
	let era = Math.floor(moment.getTime() / 1000) - 3600;
	/** The era a restore would set: by the clock. */
	const restored = () => connections().writer.prepare('UPDATE sync_server SET era = ?').run(++era);

	/** A place that was promised, then forgotten with the restore. */
	async function forgotten() {
		const shift = await watch();
		const op = await my.phone.op({ kind: 'shift.join', payload: { shift } });
		const [result] = (await send(people.volunteer, my.phone.push([op]))).results;
		const { no, sig } = result as { no: number; sig?: string };
		const { writer } = connections();
		writer.exec(
			'PRAGMA foreign_keys = OFF; DROP TRIGGER IF EXISTS sign_up_stays; DROP TRIGGER IF EXISTS sync_op_no_delete'
		);
		writer.prepare('DELETE FROM sign_up WHERE id = ?').run(idOf(op));
		writer.prepare('DELETE FROM sync_op WHERE id = ?').run(idOf(op));
		writer.exec('PRAGMA foreign_keys = ON');
		const old = writer.prepare('SELECT era FROM sync_server').pluck().get() as number;
		restored();
		return { shift, op, receipt: { era: old, no, sig: sig! } };
	}
	it('a promise under our own signature beats a place given since, and its person is told', async () => {
		const { shift, op, receipt } = await forgotten();
		await transaction((tx) => join(tx, people.leader, shift, moment));
		expect(is(await send(people.volunteer, my.phone.push([{ ...op, receipt }])))).toEqual(['stored accepted']);
		expect(await seated(shift)).toEqual([people.volunteer.person]);
		const told = await db.select().from(notice).where(eq(notice.shift, shift));
		expect(told).toMatchObject([{ kind: 'displaced', person: people.leader.person }]);
	});

	it('it does not beat one given before', async () => {
		const { shift, op, receipt } = await forgotten();
		await transaction((tx) => join(tx, people.leader, shift, new Date(era * 1000 - 1000)));
		expect(is(await send(people.volunteer, my.phone.push([{ ...op, receipt }])))).toEqual(['stored needsFix']);
		expect(await seated(shift)).toEqual([people.leader.person]);
	});

	it('a forged, a bent and a receipt of this era beat nobody', async () => {
		for (const bend of [
			(r: { era: number; no: number; sig: string }) => ({
				...r,
				sig: r.sig.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))
			}),
			(r: { era: number; no: number; sig: string }) => ({ ...r, no: r.no + 1 }),
			(r: { era: number; no: number; sig: string }) => ({ ...r, era })
		]) {
			const { shift, op, receipt } = await forgotten();
			await transaction((tx) => join(tx, people.leader, shift, moment));
			expect(is(await send(people.volunteer, my.phone.push([{ ...op, receipt: bend(receipt) }])))).toEqual([
				'stored needsFix'
			]);
			expect(await seated(shift)).toEqual([people.leader.person]);
		}
	});

	it('what was refused is signed by nobody', async () => {
		const shift = await watch();
		await transaction((tx) => join(tx, people.leader, shift, moment));
		const op = await my.phone.op({ kind: 'shift.join', payload: { shift } });
		const [result] = (await send(people.volunteer, my.phone.push([op]))).results;
		expect(result).toMatchObject({ s: 'stored', outcome: { is: 'needsFix' } });
		expect(result).not.toHaveProperty('sig');
	});
});
