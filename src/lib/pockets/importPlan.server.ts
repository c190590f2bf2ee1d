/** What a list would do to the register. Reads only. */
import { eq, inArray } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { addressFold, phoneFold } from './fold.ts';
import { townsAmong } from './listCells.ts';
import type { ListLine, Mapping } from './listFields.ts';
import { rowReader, type Entry } from './listRow.ts';
import { SURROUNDINGS } from './places.server.ts';
import type { State } from './pocket.ts';
import { schoolsOf } from './register.server.ts';
import { pocket, pocketConfirmation, pocketLink, runIn } from './tables.server.ts';

const alive: State[] = ['applied', 'explained', 'registered', 'paused'];

/** Who a row seems to be already: a home of the register, or an earlier row. */
export type Double = {
	/** A row of the file; or the home of the register. */
	line?: number;
	pocket?: { id: string; number: number | null; name: string };
	by: 'phone' | 'address';
};
export type Planned = Entry & { double?: Double };

/** So many rows are worked through before whoever else asks something is answered. */
export const AT_ONCE = 250;
export const breath = () => new Promise<void>((others) => void setImmediate(others));

/** Every row of a list, as it would come in. */
export async function planOf(
	tx: Reader,
	actor: Actor,
	{ heads, lines, mapping }: { heads: readonly string[]; lines: readonly ListLine[]; mapping: Mapping },
	now: Date
): Promise<Planned[]> {
	const { name: city, settings } = await settingsOf(tx, actor.municipality);
	const there = await tx
		.select({
			id: pocket.id,
			number: pocket.number,
			name: pocket.name,
			state: pocket.state,
			town: pocket.town,
			phoneFold: pocket.phoneFold,
			addressFold: pocket.addressFold
		})
		.from(pocket)
		.where(eq(pocket.municipality, actor.municipality));
	const living = there.filter((one) => alive.includes(one.state));
	const read = rowReader(heads, mapping, {
		city,
		today: jstDay(now),
		center: settings.map,
		reach: SURROUNDINGS,
		schools: await schoolsOf(tx, actor.municipality),
		isTown: townsAmong([...(settings.towns ?? []).map(({ name }) => name), ...new Set(there.map(({ town }) => town))])
	});
	const taken = new Set(there.map(({ number }) => number));
	const numbers = new Map<number, number>();
	const phones = new Map<string, Double>();
	const addresses = new Map<string, Double>();
	for (const { id, number, name, phoneFold, addressFold } of living) {
		if (phoneFold) phones.set(phoneFold, { pocket: { id, number, name }, by: 'phone' });
		addresses.set(addressFold, { pocket: { id, number, name }, by: 'address' });
	}
	const plan = (line: ListLine): Planned => {
		const entry = read(line);
		const { home } = entry;
		if (!home || entry.over) return entry;
		const phone = phoneFold(home.form.phone);
		const address = addressFold(home.form.town + home.form.address);
		const double = (phone !== null && phones.get(phone)) || addresses.get(address);
		if (phone !== null && !phones.has(phone)) phones.set(phone, { line: line.line, by: 'phone' });
		if (!addresses.has(address)) addresses.set(address, { line: line.line, by: 'address' });
		if (home.number !== undefined) {
			const other = numbers.get(home.number);
			// The same home brought again carries its own number: it is told as what it is, there already.
			const itself = double?.pocket?.number === home.number;
			if (other !== undefined || (taken.has(home.number) && !itself))
				entry.errors.push({ field: 'number', code: 'error_lists_number', said: String(home.number) });
			numbers.set(home.number, line.line);
		}
		return double ? { ...entry, double } : entry;
	};
	const planned: Planned[] = [];
	for (const [n, line] of lines.entries()) {
		if (n % AT_ONCE === 0) await breath();
		planned.push(plan(line));
	}
	return planned;
}

/** What becomes of a row. One that looks like a double comes in only where somebody wants it, and never under a number that is taken. */
export const comesIn = (row: Planned, doubles: boolean): boolean =>
	row.home !== undefined &&
	!row.over &&
	row.errors.length === 0 &&
	(row.double === undefined ||
		(doubles && (row.home.number === undefined || row.double.pocket?.number !== row.home.number)));

/** Homes of a list that somebody has worked with since: taking it back would take that away, too. */
export async function changedSince(tx: Reader, list: { id: string; appliedAt: Date | null }) {
	const rows = await tx
		.select({ id: pocket.id, number: pocket.number, name: pocket.name, changedAt: pocket.changedAt })
		.from(pocket)
		.where(eq(pocket.import, list.id));
	const touched = await touchedAmong(tx, list.id);
	return rows
		.filter(({ id, changedAt }) => changedAt.getTime() !== list.appliedAt?.getTime() || touched.has(id))
		.map(({ id, number, name }) => ({ id, number, name }));
}

/** Those with a link, an answer or a child who ran in: rows that name a home without changing it. */
async function touchedAmong(tx: Reader, list: string): Promise<Set<string | null>> {
	const mine = tx.select({ id: pocket.id }).from(pocket).where(eq(pocket.import, list));
	const found = [
		...(await tx.select({ id: pocketLink.pocket }).from(pocketLink).where(inArray(pocketLink.pocket, mine))),
		...(await tx
			.select({ id: pocketConfirmation.pocket })
			.from(pocketConfirmation)
			.where(inArray(pocketConfirmation.pocket, mine))),
		...(await tx.select({ id: runIn.pocket }).from(runIn).where(inArray(runIn.pocket, mine)))
	];
	return new Set(found.map(({ id }) => id));
}
