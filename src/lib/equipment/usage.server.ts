/** 実績報告 of a fiscal year: written by the leader, read by the office. One row per body and year; sent again, it is replaced. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { can, type Actor } from '#lib/people/permissions.ts';
import { photosOf, tallyOf } from '#lib/patrols/figures.server.ts';
import { person } from '#lib/people/tables.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { handedIn } from './figures.server.ts';
import { usageReport } from './tables.server.ts';
import { usageCalledFor, usageOpen, usageUntil, type UsageForm, type Walked } from './usage.ts';

/** A year that has ended is also the past leader's: the last day of the year stands for the report. */
const mayReport = (actor: Actor, association: string, fiscalYear: number) =>
	can(actor, 'usage.report', { association, on: fiscalYearEnd(fiscalYear) });

/** What the confirmed logs say of a body and a fiscal year, all activities together. */
export async function yearWalked(tx: Reader, actor: Actor, association: string, fiscalYear: number): Promise<Walked> {
	const lines = [...((await tallyOf(tx, actor, fiscalYear)).byBody.get(association)?.values() ?? [])];
	const sum = (of: 'runs' | 'personTimes' | 'metres') => lines.reduce((total, line) => total + line[of], 0);
	const photos = await photosOf(tx, actor, association, fiscalYear);
	return { runs: sum('runs'), personTimes: sum('personTimes'), metres: sum('metres'), photos };
}

/** Bodies within reach that were handed anything in a fiscal year, issued or lent, in the order of their readings, each with its items. */
async function bodiesHanded(tx: Reader, actor: Actor, fiscalYear: number) {
	const rows = [
		...(await handedIn(tx, actor, fiscalYear, 'issued', 'usage.see')),
		...(await handedIn(tx, actor, fiscalYear, 'lent', 'usage.see'))
	];
	return [...Map.groupBy(rows, (row) => row.association)].map(([association, lines]) => ({
		association,
		name: lines[0]!.body,
		items: lines.map(({ line, item, size, unit, pieces }) => ({ line, item, size, unit, pieces }))
	}));
}

/** The year's reports: every body that owes one, what it sent, and for whoever may write it what the logs say now. */
export async function usageYear(tx: Reader, actor: Actor, fiscalYear: number, now: Date) {
	const reports = await tx
		.select({
			association: usageReport.association,
			words: usageReport.words,
			walked: usageReport.walked,
			at: usageReport.at,
			by: person.name
		})
		.from(usageReport)
		.innerJoin(person, eq(person.id, usageReport.by))
		.where(and(eq(usageReport.municipality, actor.municipality), eq(usageReport.fiscalYear, fiscalYear)));
	const sent = new Map(reports.map(({ association, ...report }) => [association, report]));
	const open = usageOpen(fiscalYear, jstDay(now));
	const bodies = [];
	for (const body of await bodiesHanded(tx, actor, fiscalYear)) {
		const own = mayReport(actor, body.association, fiscalYear);
		bodies.push({
			...body,
			own,
			report: sent.get(body.association) ?? null,
			walked: own && open ? await yearWalked(tx, actor, body.association, fiscalYear) : null
		});
	}
	return { open, until: usageUntil(fiscalYear), bodies };
}
export type UsageBody = Awaited<ReturnType<typeof usageYear>>['bodies'][number];

/** What the actor is called for now: the year, and of how many of their bodies that were handed anything no report has come. */
export async function usageOwed(tx: Reader, actor: Actor, now: Date) {
	const fiscalYear = usageCalledFor(jstDay(now));
	if (fiscalYear === undefined) return undefined;
	const owing = (await bodiesHanded(tx, actor, fiscalYear)).filter((one) =>
		mayReport(actor, one.association, fiscalYear)
	);
	const sent = await tx
		.select({ association: usageReport.association })
		.from(usageReport)
		.where(and(eq(usageReport.municipality, actor.municipality), eq(usageReport.fiscalYear, fiscalYear)));
	const reported = new Set(sent.map((one) => one.association));
	return { fiscalYear, bodies: owing.filter((one) => !reported.has(one.association)).length };
}

/** Sends the report, or sends it anew until 31 May. The counts are those of the logs at this moment; nobody types them. */
export async function reportUsage(tx: Tx, actor: Actor, fiscalYear: number, form: UsageForm, now: Date): Promise<void> {
	const { association, words } = form;
	if (!mayReport(actor, association, fiscalYear)) throw new NotFound('association');
	if (!usageOpen(fiscalYear, jstDay(now))) throw new RuleBroken('error_equipment_usage_over');
	const handed = await bodiesHanded(tx, actor, fiscalYear);
	if (!handed.some((body) => body.association === association)) throw new RuleBroken('error_equipment_usage_none');
	const walked = await yearWalked(tx, actor, association, fiscalYear);
	const { municipality, person: by } = actor;
	const id = newId(now.getTime());
	const [row] = await tx
		.insert(usageReport)
		.values({ id, municipality, association, fiscalYear, words, walked, by, at: now })
		.onConflictDoUpdate({
			target: [usageReport.association, usageReport.fiscalYear],
			set: { words, walked, by, at: now }
		})
		.returning({ id: usageReport.id });
	await record(tx, actor, 'usage.report', 'usageReport', row!.id, { fiscalYear, again: row!.id !== id, ...walked });
}
