/** Findings as the screens show them, through the actor. */
import { and, asc, between, desc, eq, inArray, isNull, lt, lte, notInArray, or, sql, type SQL } from 'drizzle-orm';
import { fiscalYearEnd, fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import { association, person, section, sectionName } from '#lib/people/tables.server.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { alias } from '#lib/server/db/columns.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { syncBlob } from '#lib/sync/tables.server.ts';
import { answersOf, findingsReachable, latestAnswer } from './findings.server.ts';
import { logsInReach } from './open.server.ts';
import type { FindingState, FindingStep } from './finding.ts';
import { finding, findingAnswer, findingPhoto } from './tables.server.ts';

/** Lists of findings are short for a desk and long for a city: this many a page. */
const pageSize = 50;

/** Name of each section as it is called in a fiscal year. */
export async function sectionNames(tx: Reader, municipality: string, fiscalYear: number): Promise<Map<string, string>> {
	const rows = await tx
		.select({ section: sectionName.section, name: sectionName.name })
		.from(sectionName)
		.innerJoin(section, eq(section.id, sectionName.section))
		.where(and(eq(section.municipality, municipality), lte(sectionName.fromFiscalYear, fiscalYear)))
		.orderBy(asc(sectionName.fromFiscalYear));
	return new Map(rows.map((row) => [row.section, row.name]));
}

const columns = {
	id: finding.id,
	log: finding.log,
	kind: finding.kind,
	lamp: finding.lamp,
	place: finding.place,
	lat: finding.lat,
	lng: finding.lng,
	note: finding.note,
	onDay: finding.onDay,
	at: finding.at,
	by: person.name,
	association: association.name,
	answers: answersOf,
	step: findingAnswer.step,
	words: findingAnswer.words,
	section: sql<string>`coalesce(${findingAnswer.section}, ${finding.section})`
};

async function lines(tx: Reader, actor: Actor, where: SQL | undefined, limit: number) {
	const rows = await tx
		// Whoever sees a log sees its findings; their own pages and photos open by their own reach.
		.select({ ...columns, opens: sql<number>`${findingsReachable(actor, 'finding.see')}` })
		.from(finding)
		.leftJoin(findingAnswer, latestAnswer)
		.innerJoin(person, eq(person.id, finding.by))
		.leftJoin(association, eq(association.id, finding.association))
		.where(where)
		.orderBy(desc(finding.at), desc(finding.id))
		.limit(limit);
	const photos = await photosOf(
		tx,
		rows.map((row) => row.id)
	);
	return rows.map(({ step, opens, ...row }) => ({
		...row,
		opens: Boolean(opens),
		state: (step ?? 'received') as FindingState,
		photos: photos.get(row.id) ?? []
	}));
}
export type FindingLine = Awaited<ReturnType<typeof lines>>[number];

/** Photos of findings by hash; `here` is false while the bytes are still on their way from a phone. */
async function photosOf(tx: Reader, ids: string[]) {
	if (ids.length === 0) return new Map<string, { sha256: string; here: boolean }[]>();
	const rows = await tx
		.select({ finding: findingPhoto.finding, sha256: findingPhoto.sha256, blob: syncBlob.id })
		.from(findingPhoto)
		.leftJoin(
			syncBlob,
			and(eq(syncBlob.sha256, findingPhoto.sha256), eq(syncBlob.municipality, findingPhoto.municipality))
		)
		.where(inArray(findingPhoto.finding, ids));
	const all = rows.map(({ blob, ...row }) => ({ ...row, here: blob !== null }));
	return Map.groupBy(all, (row) => row.finding);
}

/** The findings that came with a log; whoever sees the log sees them. */
export const findingsOfLog = (tx: Reader, actor: Actor, log: string) =>
	lines(tx, actor, and(eq(finding.municipality, actor.municipality), eq(finding.log, log)), 100);

export type FindingsOf = {
	/** All, those that wait for something, or those answered for good (対応済, 対応不可). */
	which: 'all' | 'open' | 'settled';
	kind?: FindingLine['kind'] | undefined;
	/** The section that has them now. */
	section?: string | undefined;
	/** The fiscal year in which they were noticed. */
	fiscalYear?: number | undefined;
};

/** The list of findings, the last that came first. */
export async function listFindings(
	tx: Reader,
	actor: Actor,
	{ which, kind, section, fiscalYear }: FindingsOf,
	after?: { at: Date; id: string }
) {
	const settled: FindingStep[] = ['done', 'notPossible'];
	const rows = await lines(
		tx,
		actor,
		and(
			findingsReachable(actor, 'finding.see'),
			which === 'open' ? or(isNull(findingAnswer.step), notInArray(findingAnswer.step, settled)) : undefined,
			which === 'settled' ? inArray(findingAnswer.step, settled) : undefined,
			kind && eq(finding.kind, kind),
			section ? eq(columns.section, section) : undefined,
			fiscalYear === undefined
				? undefined
				: between(finding.onDay, fiscalYearStart(fiscalYear), fiscalYearEnd(fiscalYear)),
			after && or(lt(finding.at, after.at), and(eq(finding.at, after.at), lt(finding.id, after.id)))
		),
		pageSize + 1
	);
	const page = rows.slice(0, pageSize);
	return { findings: page, next: rows.length > pageSize ? page.at(-1) : undefined };
}

/** One finding with all its answers, or `NotFound`. */
export async function readFinding(tx: Reader, actor: Actor, id: string) {
	const [found] = await lines(tx, actor, and(eq(finding.id, id), findingsReachable(actor, 'finding.see')), 1);
	if (!found) throw new NotFound();
	const by = alias(person, 'answerer');
	const history = await tx
		.select({
			number: findingAnswer.number,
			step: findingAnswer.step,
			section: findingAnswer.section,
			words: findingAnswer.words,
			at: findingAnswer.at,
			by: by.name
		})
		.from(findingAnswer)
		.innerJoin(by, eq(by.id, findingAnswer.by))
		.where(eq(findingAnswer.finding, id))
		.orderBy(asc(findingAnswer.number));
	// The desk that mends a lamp does not read the walks of the bodies.
	const log = found.log && (await logsInReach(tx, actor, [found.log])).has(found.log) ? found.log : null;
	return { ...found, log, history, may: { answer: can(actor, 'finding.answer', { section: found.section }) } };
}

/** The bytes of a photo, if one of the actor's findings shows it and it has arrived. */
export async function photoOf(tx: Reader, actor: Actor, sha256: string) {
	const [found] = await tx
		.select({ type: syncBlob.type, bytes: syncBlob.bytes })
		.from(findingPhoto)
		.innerJoin(finding, eq(finding.id, findingPhoto.finding))
		.leftJoin(findingAnswer, latestAnswer)
		.innerJoin(syncBlob, and(eq(syncBlob.sha256, findingPhoto.sha256), eq(syncBlob.municipality, finding.municipality)))
		.where(and(eq(findingPhoto.sha256, sha256), findingsReachable(actor, 'finding.see')))
		.limit(1);
	if (!found?.type.startsWith('image/')) throw new NotFound();
	return found;
}

/** Open findings that lie on this person's desk. */
export async function findingsWaiting(tx: Reader, actor: Actor): Promise<number> {
	const rows = await tx
		.select({ count: sql<number>`count(*)` })
		.from(finding)
		.leftJoin(findingAnswer, latestAnswer)
		.where(
			and(
				findingsReachable(actor, 'finding.answer'),
				or(isNull(findingAnswer.step), notInArray(findingAnswer.step, ['done', 'notPossible']))
			)
		);
	return rows[0]?.count ?? 0;
}
