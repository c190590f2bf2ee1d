/** The register as the guidance office reads it: narrowed, counted, a page at a time. Exact private data: the caller notes the look. */
import {
	and,
	asc,
	count,
	eq,
	inArray,
	isNotNull,
	isNull,
	notInArray,
	or,
	sql,
	type Column,
	type SQL
} from 'drizzle-orm';
import { foldDigits } from '#lib/calendar/typed.ts';
import { foldKana } from '#lib/people/member.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import { municipality, school } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { isConfirming, results } from './confirmation.ts';
import { addressFold } from './fold.ts';
import type { State } from './pocket.ts';
import type { Looked } from './registerFilter.ts';
import { pocket, pocketConfirmation, pocketConsent, pocketPlate, pocketSeason } from './tables.server.ts';

/** Homes on a page of the list. */
export const REGISTER_PAGE = 50;

/** What the programme is called in this town. */
export async function pocketNameOf(tx: Reader, of: string): Promise<string> {
	const [here] = await tx.select({ settings: municipality.settings }).from(municipality).where(eq(municipality.id, of));
	return here?.settings.pocketName ?? '';
}

/** School districts of a town by kana. */
export const schoolsOf = (tx: Reader, of: string) =>
	tx
		.select({ id: school.id, name: school.name })
		.from(school)
		.where(eq(school.municipality, of))
		.orderBy(asc(school.kana), asc(school.id));

const quoted = sql.join(
	results.filter(isConfirming).map((result) => sql`${result}`),
	sql`, `
);

/**
 * Asked in the last round of its district and not confirmed: `confirmedIn` of the views as a condition, so that a list can be
 * narrowed to it. Registered since the round began, or in no round yet: nobody has to confirm it.
 */
const isUnconfirmed: SQL<boolean> = sql<boolean>`(${inArray(pocket.state, ['registered', 'paused'])} and exists (
	select 1 from ${pocketSeason} s where s.municipality = ${pocket.municipality} and s.school = ${pocket.school}
		and s.fiscalYear = (select max(o.fiscalYear) from ${pocketSeason} o
			where o.municipality = ${pocket.municipality} and o.school = ${pocket.school})
		and (${pocket.registeredOn} is null or ${pocket.registeredOn} < s.openedOn)
		and coalesce((select c.result from ${pocketConfirmation} c where c.pocket = ${pocket.id} and c.fiscalYear = s.fiscalYear
			order by c.at desc, c.id desc limit 1), '') not in (${quoted})))`;

/** `%` and `_` are letters like any other. */
const within = (column: Column, text: string): SQL =>
	sql`${column} like ${`%${text.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`;

/** One word of what is looked for: a number of the register or of a telephone, or a piece of name, kana, town or address. */
function found(word: string): SQL | undefined {
	const digits = foldDigits(word).replace(/[-()]/g, '');
	if (/^\d+$/.test(digits)) {
		const phone = digits.length >= 4 ? within(pocket.phoneFold, digits) : undefined;
		return or(eq(pocket.number, Number(digits)), phone, within(pocket.addressFold, addressFold(word)));
	}
	const kana = foldKana(word);
	const place = addressFold(word);
	return or(
		within(pocket.name, word),
		kana ? within(pocket.kana, kana) : undefined,
		place ? within(pocket.addressFold, place) : undefined
	);
}

/** What the filter leaves of the register of this actor's town; nothing of it for who may not see it. */
function narrowed(actor: Actor, { state, kind, school: district, unconfirmed, unplaced, q }: Looked): SQL | undefined {
	return and(
		eq(pocket.municipality, actor.municipality),
		reachOf(actor, 'pocket.see').all ? undefined : sql`1 = 0`,
		state && eq(pocket.state, state),
		kind && eq(pocket.kind, kind),
		district ? eq(pocket.school, district) : undefined,
		unconfirmed ? isUnconfirmed : undefined,
		unplaced ? and(isNull(pocket.lat), notInArray(pocket.state, ['ended', 'declined'])) : undefined,
		...(q?.split(/[\s\u3000]+/) ?? []).slice(0, 6).map(found)
	);
}

const columns = {
	id: pocket.id,
	number: pocket.number,
	state: pocket.state,
	kind: pocket.kind,
	name: pocket.name,
	kana: pocket.kana,
	town: pocket.town,
	address: pocket.address,
	phone: pocket.phone,
	school: school.name,
	isPlaced: sql<boolean>`${isNotNull(pocket.lat)}`.mapWith(Boolean),
	unconfirmed: sql<boolean>`${isUnconfirmed}`.mapWith(Boolean)
};

/** Homes of the register in the order of their kana, a page at a time. */
export async function registerOf(tx: Reader, actor: Actor, of: Looked, page = 1) {
	const rows = await tx
		.select(columns)
		.from(pocket)
		.innerJoin(school, eq(school.id, pocket.school))
		.where(narrowed(actor, of))
		.orderBy(asc(pocket.kana), asc(pocket.id))
		.limit(REGISTER_PAGE + 1)
		.offset((page - 1) * REGISTER_PAGE);
	return { rows: rows.slice(0, REGISTER_PAGE), more: rows.length > REGISTER_PAGE };
}
export type RegisterRow = Awaited<ReturnType<typeof registerOf>>['rows'][number];

/** How many there are in each state, of what else is looked for. */
export async function countsOf(tx: Reader, actor: Actor, of: Looked): Promise<Map<State, number>> {
	const rows = await tx
		.select({ state: pocket.state, n: count() })
		.from(pocket)
		.where(narrowed(actor, { ...of, state: undefined }))
		.groupBy(pocket.state);
	return new Map(rows.map((row) => [row.state, row.n]));
}

/** The whole of what is looked for with every box of the office but its note: for the file. */
export async function registerSheet(tx: Reader, actor: Actor, of: Looked) {
	const agreed = tx
		.select({
			pocket: pocketConsent.pocket,
			purposes: sql<string>`group_concat(${pocketConsent.purpose})`.as('purposes')
		})
		.from(pocketConsent)
		.where(and(eq(pocketConsent.municipality, actor.municipality), isNull(pocketConsent.withdrawnAt)))
		.groupBy(pocketConsent.pocket)
		.as('agreed');
	const plates = tx
		.select({
			pocket: pocketPlate.pocket,
			numbers: sql<string>`group_concat(${pocketPlate.number}, ' ')`.as('numbers')
		})
		.from(pocketPlate)
		.where(and(eq(pocketPlate.municipality, actor.municipality), isNull(pocketPlate.returnedOn)))
		.groupBy(pocketPlate.pocket)
		.as('plates');
	return tx
		.select({
			...columns,
			contact: pocket.contact,
			lat: pocket.lat,
			lng: pocket.lng,
			hours: pocket.hours,
			closed: pocket.closed,
			appliedOn: pocket.appliedOn,
			explainedOn: pocket.explainedOn,
			registeredOn: pocket.registeredOn,
			endedOn: pocket.endedOn,
			ending: pocket.ending,
			purposes: agreed.purposes,
			plates: plates.numbers
		})
		.from(pocket)
		.innerJoin(school, eq(school.id, pocket.school))
		.leftJoin(agreed, eq(agreed.pocket, pocket.id))
		.leftJoin(plates, eq(plates.pocket, pocket.id))
		.where(narrowed(actor, of))
		.orderBy(asc(pocket.kana), asc(pocket.id));
}

/** Applications on their way, by the step that comes next. */
export async function openApplications(tx: Reader, actor: Actor): Promise<['applied' | 'explained', number][]> {
	const rows = await tx
		.select({ state: pocket.state, n: count() })
		.from(pocket)
		.where(and(eq(pocket.municipality, actor.municipality), inArray(pocket.state, ['applied', 'explained'])))
		.groupBy(pocket.state);
	return (['applied', 'explained'] as const).map((state) => [state, rows.find((row) => row.state === state)?.n ?? 0]);
}
