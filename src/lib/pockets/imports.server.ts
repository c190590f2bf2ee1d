/** A city's list on its way into the register: read, understood, brought in at once, taken back at once. */
import { and, desc, eq, inArray, isNotNull, isNull, lt, max } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { insertRow } from '#lib/server/db/insert.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { addressFold, phoneFold } from './fold.ts';
import { AT_ONCE, breath, changedSince, comesIn, planOf } from './importPlan.server.ts';
import { readList } from './listFile.server.ts';
import { guessed, headsKey, type Mapping } from './listFields.ts';
import type { Entry } from './listRow.ts';
import type { Deed } from './pocket.ts';
import {
	pocket,
	pocketConsent,
	pocketDeed,
	pocketImport,
	pocketImportMap,
	pocketPlate,
	type PocketImport
} from './tables.server.ts';

/** Days for which the rows of a list that nobody brought in are kept. */
export const LIST_DAYS = 7;
const DAY = 86_400_000;
/** The consent stands in a list of the city, in no text of ours. */
const IN_LIST = 'list';

const mayEdit = (actor: Actor) => {
	if (!can(actor, 'pocket.edit', {})) throw new NotFound('pocket');
};

/** A list of this town. */
export async function listOf(tx: Reader, actor: Actor, id: string): Promise<PocketImport> {
	mayEdit(actor);
	const [found] = await tx
		.select()
		.from(pocketImport)
		.where(and(eq(pocketImport.id, id), eq(pocketImport.municipality, actor.municipality)));
	if (!found) throw new NotFound('list');
	return found;
}

/** The latest lists, without what is in them. */
export async function listsOf(tx: Reader, actor: Actor) {
	mayEdit(actor);
	return tx
		.select({
			id: pocketImport.id,
			file: pocketImport.file,
			at: pocketImport.at,
			appliedAt: pocketImport.appliedAt,
			undoneAt: pocketImport.undoneAt,
			added: pocketImport.added
		})
		.from(pocketImport)
		.where(eq(pocketImport.municipality, actor.municipality))
		.orderBy(desc(pocketImport.at))
		.limit(20);
}

/** Keeps what a file says. Heads that were understood once need nobody to map them again. Sent twice it is one list. */
export async function takeList(
	tx: Tx,
	actor: Actor,
	{ id, file, bytes }: { id: string; file: string; bytes: Uint8Array },
	now: Date
): Promise<void> {
	mayEdit(actor);
	const [before] = await tx.select({ of: pocketImport.municipality }).from(pocketImport).where(eq(pocketImport.id, id));
	if (before && before.of !== actor.municipality) throw new NotFound('list');
	if (before) return;
	const { heads, lines } = readList(bytes);
	const [known] = await tx
		.select({ mapping: pocketImportMap.mapping })
		.from(pocketImportMap)
		.where(and(eq(pocketImportMap.municipality, actor.municipality), eq(pocketImportMap.heads, headsKey(heads))));
	await tx.insert(pocketImport).values({
		id,
		municipality: actor.municipality,
		by: actor.person,
		at: now,
		file: file.slice(0, 120),
		heads,
		lines,
		mapping: known?.mapping ?? null
	});
	await record(tx, actor, 'pocket.listRead', 'pocketImport', id, { rows: lines.length });
}

/** How the columns are understood to begin with. */
export const proposed = (heads: readonly string[]): Mapping => ({
	columns: guessed(heads),
	kind: 'home',
	school: '',
	registeredOn: '',
	days: 'none'
});

const waiting = (list: PocketImport) => {
	if (list.appliedAt !== null || list.lines === null) throw new RuleBroken('error_lists_over');
	return { heads: list.heads, lines: list.lines };
};

/** What a person says the columns are; remembered for these heads. */
export async function mapList(tx: Tx, actor: Actor, id: string, mapping: Mapping, now: Date): Promise<void> {
	const { heads } = waiting(await listOf(tx, actor, id));
	if (mapping.columns.length !== heads.length) throw new RuleBroken('error_input');
	await tx.update(pocketImport).set({ mapping }).where(eq(pocketImport.id, id));
	const row = { municipality: actor.municipality, heads: headsKey(heads), mapping, at: now };
	await tx
		.insert(pocketImportMap)
		.values({ id: newId(now.getTime()), ...row })
		.onConflictDoUpdate({ target: [pocketImportMap.municipality, pocketImportMap.heads], set: { mapping, at: now } });
	await record(tx, actor, 'pocket.listMap', 'pocketImport', id);
}

type Home = NonNullable<Entry['home']>;

/** Writes one home with its history. The day it was applied for and explained stands in it as far as the list tells. */
function bringIn(tx: Tx, actor: Actor, list: string, home: Home, number: number | null, now: Date): void {
	const id = newId(now.getTime());
	const here = { municipality: actor.municipality, pocket: id };
	const { form, appliedOn, explainedOn, registeredOn, state, plate, note, agreed } = home;
	insertRow(tx, pocket, {
		id,
		municipality: actor.municipality,
		...form,
		phoneFold: phoneFold(form.phone),
		addressFold: addressFold(form.town + form.address),
		number,
		state,
		note: note || null,
		way: 'office',
		...{ appliedOn, explainedOn, registeredOn },
		changedAt: now,
		import: list
	});
	const deed = (what: Deed, on: string, facts: Record<string, string> | null) =>
		insertRow(tx, pocketDeed, { id: newId(now.getTime()), ...here, deed: what, on, facts, by: actor.person, at: now });
	deed('apply', appliedOn, { way: 'office', list });
	if (registeredOn) deed('register', registeredOn, { number: String(number) });
	if (state === 'paused') deed('pause', jstDay(now), null);
	if (plate && registeredOn) {
		const given = { kind: 'plate', number: plate, issuedOn: registeredOn } as const;
		insertRow(tx, pocketPlate, { id: newId(now.getTime()), ...here, ...given, condition: 'good' });
		deed('plate', registeredOn, { kind: 'plate', number: plate });
	}
	for (const { purpose, text } of agreed) {
		const given = { purpose, text, version: IN_LIST, givenOn: jstDay(now), by: actor.person, at: now };
		insertRow(tx, pocketConsent, { id: newId(now.getTime()), ...here, ...given });
		deed('consent', jstDay(now), { purpose, version: IN_LIST });
	}
	// No await: a row of the trail is written at once.
	void record(tx, actor, 'pocket.import', 'pocket', id);
}

/** Brings in what the preview showed, in one step; `doubles`: what looks like being there already, too. Twice is once. */
export async function applyList(
	tx: Tx,
	actor: Actor,
	id: string,
	{ doubles }: { doubles: boolean },
	now: Date
): Promise<void> {
	const list = await listOf(tx, actor, id);
	if (list.appliedAt !== null) return;
	const { heads, lines } = waiting(list);
	if (!list.mapping) throw new RuleBroken('error_lists_over');
	const plan = await planOf(tx, actor, { heads, lines, mapping: list.mapping }, now);
	const rows = plan.filter((row) => comesIn(row, doubles));
	if (rows.length === 0) throw new RuleBroken('error_lists_nothing');
	const [last] = await tx
		.select({ number: max(pocket.number) })
		.from(pocket)
		.where(eq(pocket.municipality, actor.municipality));
	// Numbers of the list stay; who has none gets one after all of them.
	let next = Math.max(last?.number ?? 0, ...rows.map(({ home }) => home?.number ?? 0));
	for (const [n, { home }] of rows.entries()) {
		if (n % AT_ONCE === 0) await breath();
		if (home) bringIn(tx, actor, id, home, home.registeredOn ? (home.number ?? ++next) : null, now);
	}
	const done = { added: rows.length, left: plan.length - rows.length };
	await tx
		.update(pocketImport)
		.set({ ...done, appliedAt: now, lines: null })
		.where(eq(pocketImport.id, id));
	await record(tx, actor, 'pocket.listApply', 'pocketImport', id, done);
}

/**
 * Takes a list back, all of it: its homes leave the register as if they had never come. Refused while one of them has been worked
 * with since; the page names those. Twice is once.
 */
export async function undoList(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	const list = await listOf(tx, actor, id);
	if (list.undoneAt !== null) return;
	if (list.appliedAt === null) throw new RuleBroken('error_lists_over');
	if ((await changedSince(tx, list)).length > 0) throw new RuleBroken('error_lists_changed');
	await tx.update(pocketImport).set({ undoneAt: now, undoneBy: actor.person }).where(eq(pocketImport.id, id));
	const mine = tx.select({ id: pocket.id }).from(pocket).where(eq(pocket.import, id));
	for (const table of [pocketConsent, pocketPlate, pocketDeed])
		await tx.delete(table).where(inArray(table.pocket, mine));
	const gone = await tx.delete(pocket).where(eq(pocket.import, id));
	await record(tx, actor, 'pocket.listUndo', 'pocketImport', id, { removed: gone.changes });
}

/** Rows that nobody brought in are people's data without a use. Returns how many lists were emptied. */
export async function emptyLists(tx: Tx, now: Date): Promise<number> {
	const before = new Date(now.getTime() - LIST_DAYS * DAY);
	const old = and(isNull(pocketImport.appliedAt), isNotNull(pocketImport.lines), lt(pocketImport.at, before));
	const full = await tx
		.select({ id: pocketImport.id, municipality: pocketImport.municipality })
		.from(pocketImport)
		.where(old);
	for (const { id, municipality } of full) {
		await tx.update(pocketImport).set({ lines: null }).where(eq(pocketImport.id, id));
		await record(tx, { municipality }, 'pocket.listEmpty', 'pocketImport', id);
	}
	return full.length;
}
