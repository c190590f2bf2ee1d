import { afterAll, beforeAll, expect, test } from 'vitest';
import { and, countDistinct, eq, sum } from 'drizzle-orm';
import { fileTypeOf } from '#lib/equipment/attachment.ts';
import { signature } from '#lib/equipment/handover.ts';
import {
	attachment,
	handover,
	handoverLine,
	item,
	request,
	stock,
	stockMovement
} from '#lib/equipment/tables.server.ts';
import { connections, db, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../tests/database.ts';
import { planFiles } from './enclosures.ts';
import { demoItems, seedEquipment } from './equipment.ts';
import { seedPatrols } from './patrols.ts';
import { seedPeople } from './people.ts';
import { seedWatches } from './watches.ts';

const today = '2026-11-22';
let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		for (const seed of [seedPeople, seedWatches, seedPatrols, seedEquipment]) await seed(tx, today);
	});
}, 60_000);
afterAll(() => close());

const issued = async (fiscalYear: number) => {
	const [found] = await db
		.select({ bodies: countDistinct(request.association), pieces: sum(handoverLine.pieces).mapWith(Number) })
		.from(handoverLine)
		.innerJoin(handover, eq(handover.id, handoverLine.handover))
		.innerJoin(request, eq(request.id, handover.request))
		.innerJoin(item, eq(item.id, handoverLine.item))
		.where(and(eq(handover.fiscalYear, fiscalYear), eq(item.mode, 'issue')));
	return found;
};

test('the town hands out what the city has printed', async () => {
	expect(await issued(2023)).toEqual({ bodies: 12, pieces: 299 });
	expect(await issued(2024)).toEqual({ bodies: 4, pieces: 18 });
	// Decided in March, handed over in April.
	expect(await issued(2025)).toEqual({ bodies: 1, pieces: 3 });
});

test('on 1 April 2025 the store holds what the town says', async () => {
	const last = connections().reader.prepare(
		'SELECT after FROM stock_movement WHERE item = ? AND onDay <= ? ORDER BY id DESC LIMIT 1'
	);
	const held = demoItems.map(({ id }) => (last.pluck().get(id, '2025-04-01') as number) ?? 0);
	expect(held).toEqual([60, 80, 40, 30, 20, 50, 10, 5, 30, 40]);
});

test('its requests stand in every state', async () => {
	const states = new Set((await db.select({ state: request.state }).from(request)).map((row) => row.state));
	expect([...states].toSorted()).toEqual([
		'approved',
		'declined',
		'done',
		'draft',
		'prepared',
		'sent',
		'sentBack',
		'withdrawn'
	]);
	const days = await db.select({ on: stockMovement.onDay }).from(stockMovement).orderBy(stockMovement.id);
	expect(days.map((row) => row.on)).toEqual(days.map((row) => row.on).toSorted());
	expect((await db.select().from(stock)).every((row) => row.allocated <= row.onHand)).toBe(true);
});

test('one request encloses its plan as a paper and a picture, the same whenever they are made', async () => {
	const files = await db.select().from(attachment).orderBy(attachment.id);
	expect(files.map(({ name, type }) => [name, type])).toEqual([
		['活動計画.pdf', 'application/pdf'],
		['活動計画_夜間パトロールの日.png', 'image/png']
	]);
	expect(new Set(files.map((file) => file.request)).size).toBe(1);
	expect(planFiles().map(({ bytes }) => bytes)).toEqual(files.map(({ bytes }) => bytes));
	expect(files.map(({ bytes }) => fileTypeOf(bytes))).toEqual(files.map(({ type }) => type));
});

test('some who received have signed with a finger, in what the counter takes; the others by name', async () => {
	const handed = await db.select({ by: handover.receivedBy, signed: handover.signature }).from(handover);
	const signed = handed.flatMap((one) => one.signed ?? []);
	expect(signed.length).toBeGreaterThanOrEqual(2);
	expect(signed.length).toBeLessThan(handed.length);
	expect(signed.filter((path) => !signature.safeParse(path).success)).toEqual([]);
	expect(handed.every(({ by }) => by !== '')).toBe(true);
});
