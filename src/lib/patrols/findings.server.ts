/** Findings: noticed once, routed to the section that looks after their kind, answered step by step. */
import { and, desc, eq, inArray, or, sql, type SQL } from 'drizzle-orm';
import { section } from '#lib/people/tables.server.ts';
import { can, reachOf, type Actor } from '#lib/people/permissions.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { Forbidden, NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { FindingAnswerForm, FindingState } from './finding.ts';
import type { FindingPayload } from './log.ts';
import { finding, findingAnswer, findingDesk, findingPhoto } from './tables.server.ts';

/** Where and when something was noticed, and on whose behalf. */
export type Noticed = { log: string | null; association: string | null; onDay: string; at: Date };

/** Writes findings that are not there yet; those that are stay as they were first reported. */
export async function report(
	tx: Tx,
	actor: Actor,
	noticed: Noticed,
	payloads: readonly FindingPayload[]
): Promise<void> {
	for (const one of payloads) {
		const made = await tx
			.insert(finding)
			.values({
				id: one.id,
				municipality: actor.municipality,
				...noticed,
				section: await deskOf(tx, actor.municipality, one.kind),
				by: actor.person,
				kind: one.kind,
				lamp: one.lamp ?? null,
				place: one.place,
				lat: one.lat ?? null,
				lng: one.lng ?? null,
				note: one.note
			})
			.onConflictDoNothing();
		if (made.changes !== 1) continue;
		if (one.photo)
			await tx.insert(findingPhoto).values({ finding: one.id, sha256: one.photo, municipality: actor.municipality });
		await record(tx, actor, 'finding.report', 'finding', one.id, { kind: one.kind });
	}
}

/** The section that looks after a kind: the city's own table, else the safety section. */
async function deskOf(tx: Reader, municipality: string, kind: FindingPayload['kind']): Promise<string> {
	const [desk] = await tx
		.select({ section: findingDesk.section })
		.from(findingDesk)
		.where(and(eq(findingDesk.municipality, municipality), eq(findingDesk.kind, kind)));
	if (desk) return desk.section;
	const [safety] = await tx
		.select({ id: section.id })
		.from(section)
		.where(and(eq(section.municipality, municipality), eq(section.code, 'safety')));
	if (!safety) throw new RuleBroken('error_patrols_no_desk');
	return safety.id;
}

/** How many answers a finding has; the highest number is its latest. */
export const answersOf = sql<number>`(select count(*) from ${findingAnswer} where ${findingAnswer.finding} = ${finding.id})`;

/** The latest answer of a finding, for a left join. */
export const latestAnswer = and(eq(findingAnswer.finding, finding.id), eq(findingAnswer.number, answersOf));

/** Findings within the actor's reach. For queries over `finding` left-joined with its latest answer. */
export function findingsReachable(actor: Actor, action: 'finding.see' | 'finding.answer'): SQL | undefined {
	const reached = reachOf(actor, action);
	const here = eq(finding.municipality, actor.municipality);
	if (reached.all) return here;
	const desk = sql`coalesce(${findingAnswer.section}, ${finding.section})`;
	return and(
		here,
		or(
			inArray(finding.association, reached.associations),
			reached.sections.length > 0 ? inArray(desk, reached.sections) : sql`1 = 0`
		)
	);
}

/** Answers a finding (担当課へ / 対応中 / 対応済 / 対応不可). `seen` answers were there when the page was opened. */
export async function answerFinding(
	tx: Tx,
	actor: Actor,
	id: string,
	input: FindingAnswerForm,
	now: Date
): Promise<FindingState> {
	const [found] = await tx
		.select({ first: finding.section, now: findingAnswer.section, answers: answersOf })
		.from(finding)
		.leftJoin(findingAnswer, latestAnswer)
		.where(and(eq(finding.id, id), findingsReachable(actor, 'finding.see')));
	if (!found) throw new NotFound();
	const desk = found.now ?? found.first;
	if (!can(actor, 'finding.answer', { section: desk })) throw new Forbidden();
	if (found.answers !== input.seen) throw new RuleBroken('error_patrols_changed');
	const next = input.step === 'passedOn' ? input.section : desk;
	if (input.step === 'passedOn') await sectionExists(tx, actor, next);
	await tx.insert(findingAnswer).values({
		finding: id,
		number: found.answers + 1,
		municipality: actor.municipality,
		step: input.step,
		section: next,
		words: input.words,
		by: actor.person,
		at: now
	});
	await record(tx, actor, 'finding.answer', 'finding', id, { step: input.step });
	return input.step;
}

async function sectionExists(tx: Reader, actor: Actor, id: string): Promise<void> {
	const [found] = await tx
		.select({ id: section.id })
		.from(section)
		.where(and(eq(section.id, id), eq(section.municipality, actor.municipality)));
	if (!found) throw new RuleBroken('error_input', 'section');
}

/** All answers of a finding, newest first. */
export const answers = (tx: Reader, id: string) =>
	tx.select().from(findingAnswer).where(eq(findingAnswer.finding, id)).orderBy(desc(findingAnswer.number));
