/** Demo logs as rows, in batches: the whole town is laid out in a few seconds. */
import { desc, eq } from 'drizzle-orm';
import { addDays, instantOf } from '#lib/calendar/day.ts';
import { columnsOf } from '#lib/patrols/content.server.ts';
import type { LogPayload } from '#lib/patrols/log.ts';
import {
	log,
	logAssociation,
	logConfirmation,
	logName,
	logOthers,
	logPerson,
	logSendBack,
	logVersion,
	logWithdrawal
} from '#lib/patrols/tables.server.ts';
import { place, shift } from '#lib/watches/tables.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { demoId, town } from '../people.ts';
import type { DemoLog } from './spec.ts';

const of = town.municipality;
type Rows = ReturnType<typeof noRows>;
const noRows = () => ({
	log: [] as (typeof log.$inferInsert)[],
	version: [] as (typeof logVersion.$inferInsert)[],
	association: [] as (typeof logAssociation.$inferInsert)[],
	person: [] as (typeof logPerson.$inferInsert)[],
	name: [] as (typeof logName.$inferInsert)[],
	others: [] as (typeof logOthers.$inferInsert)[],
	confirmation: [] as (typeof logConfirmation.$inferInsert)[],
	sendBack: [] as (typeof logSendBack.$inferInsert)[],
	withdrawal: [] as (typeof logWithdrawal.$inferInsert)[]
});

export async function writeLogs(tx: Tx, logs: readonly DemoLog[]): Promise<void> {
	const places = await placesOf(tx);
	const shifts = await shiftsOf(tx);
	const rows = noRows();
	const corrections = noRows();
	logs.forEach((one, n) => {
		const id = demoId('patrols', 1, n + 1);
		const payload = placed(one, places, shifts);
		const arrivedAt = new Date(new Date(payload.finishedAt).getTime() + 4 * 60_000);
		rows.log.push({
			id,
			municipality: of,
			association: town.associations[one.body],
			section: null,
			author: town.people[one.author],
			forOthers: one.forOthers ?? false,
			latest: 1,
			createdAt: arrivedAt
		});
		version(rows, one, payload, { id, log: id, number: 1, reason: null, at: arrivedAt });
		if (one.corrected) {
			const next = { id: demoId('patrols', 3, n + 1), log: id, number: 2, reason: one.corrected.reason };
			const at = instantOf(addDays(payload.on, 2), '10:00');
			version(corrections, one, { ...payload, ...one.corrected.payload }, { ...next, at });
		}
	});
	await insertAll(tx, rows);
	for (const { log: id } of corrections.version) await raise(tx, id);
	await insertAll(tx, corrections);
}

type Head = { id: string; log: string; number: number; reason: string | null; at: Date };

function version(rows: Rows, one: DemoLog, payload: LogPayload, head: Head): void {
	const by = town.people[one.author];
	rows.version.push({ ...head, municipality: of, by, clockDoubt: false, ...columnsOf(payload) });
	const common = { version: head.id, municipality: of };
	for (const association of [town.associations[one.body], ...payload.jointly])
		rows.association.push({ ...common, association });
	for (const person of payload.people) rows.person.push({ ...common, person });
	for (const [n, name] of (payload.names ?? []).entries()) rows.name.push({ ...common, place: n + 1, name });
	for (const [kind, heads] of Object.entries(payload.others))
		rows.others.push({ ...common, kind: kind as keyof typeof payload.others, heads });
	const next = instantOf(addDays(payload.on, 1), '09:00');
	const step = { ...common, log: head.log, by: town.people[one.confirmedBy ?? 'leader'], at: next };
	if (one.confirmedBy) rows.confirmation.push(step);
	if (one.sentBack) rows.sendBack.push({ ...step, reason: one.sentBack });
	if (one.withdrawn) rows.withdrawal.push({ log: head.log, municipality: of, by, at: next, reason: one.withdrawn });
}

type Places = Map<string, string>;
type Shifts = Map<string, typeof shift.$inferSelect>;

/** The first post and the first route of each body. */
async function placesOf(tx: Tx): Promise<Places> {
	const rows = await tx.select().from(place).where(eq(place.municipality, of)).orderBy(desc(place.id));
	return new Map(rows.map((row) => [`${row.association} ${row.kind}`, row.id]));
}

/** The watches there were, by body, programme and day. */
async function shiftsOf(tx: Tx): Promise<Shifts> {
	const rows = await tx.select().from(shift).where(eq(shift.municipality, of));
	return new Map(rows.map((row) => [`${row.association} ${row.programme} ${row.onDay}`, row]));
}

/** The log at its place, and belonging to the watch it was, where there was one. Joint patrols have a way of their own. */
function placed({ body, payload }: DemoLog, places: Places, shifts: Shifts): LogPayload {
	if (payload.programme === 'joint') return payload;
	const association = town.associations[body];
	const watch = shifts.get(`${association} ${payload.programme} ${payload.on}`);
	const kind = payload.method === 'standing' ? 'post' : 'route';
	const found = watch?.place ?? places.get(`${association} ${kind}`);
	return {
		...payload,
		...(watch && { shift: watch.id }),
		...(found && (kind === 'post' ? { post: found } : { route: found }))
	};
}

/** A log counts up its versions: the guard of the database holds for the demo, too. */
const raise = (tx: Tx, id: string) => tx.update(log).set({ latest: 2 }).where(eq(log.id, id));

async function insertAll(tx: Tx, rows: Rows): Promise<void> {
	const size = 200;
	const batches = <T>(all: T[]) =>
		Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));
	for (const batch of batches(rows.log)) await tx.insert(log).values(batch);
	for (const batch of batches(rows.version)) await tx.insert(logVersion).values(batch);
	for (const batch of batches(rows.association)) await tx.insert(logAssociation).values(batch);
	for (const batch of batches(rows.person)) await tx.insert(logPerson).values(batch);
	for (const batch of batches(rows.name)) await tx.insert(logName).values(batch);
	for (const batch of batches(rows.others)) await tx.insert(logOthers).values(batch);
	for (const batch of batches(rows.confirmation)) await tx.insert(logConfirmation).values(batch);
	for (const batch of batches(rows.sendBack)) await tx.insert(logSendBack).values(batch);
	for (const batch of batches(rows.withdrawal)) await tx.insert(logWithdrawal).values(batch);
}
