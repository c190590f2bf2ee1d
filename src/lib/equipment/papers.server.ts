/** One record, three papers: what stands on each of them. */
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { sectionsOf, settingsOf } from '#lib/people/settings.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { applicantOf, paperAt, wayOfAll, wordsOfDecision } from './papers.ts';
import { requestPage } from './requestReads.server.ts';

/** Whom to ask: the safety section under its name of that year, and the phone the settings give it under any of its names. */
export async function deskOf(tx: Reader, municipality: string, fiscalYear: number) {
	const { name: town, settings } = await settingsOf(tx, municipality);
	const section = (await sectionsOf(tx, municipality, fiscalYear)).find((one) => one.code === 'safety');
	const names = section?.names.map((one) => one.name) ?? [];
	const phone = settings.phones.find((one) => names.includes(one.name))?.number ?? null;
	return { municipality: town, section: section?.name ?? null, phone };
}

/** A paper of a request, if the actor reaches the request and there is such a paper as it stands. */
export async function paperOf(tx: Reader, actor: Actor, id: string, paper: string, of: string | null, now: Date) {
	const request = await requestPage(tx, actor, id);
	const found = paperAt(request, paper, of);
	if (!found) throw new NotFound('paper');
	const sentOn = request.sentAt && jstDay(request.sentAt);
	const handover = found.paper === 'receipt' ? request.handovers.find((one) => one.id === found.handover) : undefined;
	const on = { request: sentOn, decision: request.decidedOn, receipt: handover?.onDay ?? null }[found.paper];
	const { number, state, body, lines, plan, roster, files, timeline } = request;
	return {
		id,
		paper: found.paper,
		desk: await deskOf(tx, actor.municipality, fiscalYearOf(on ?? jstDay(now))),
		...{ number, state, body, plan, roster, on, sentOn },
		applicant: applicantOf(timeline),
		way: wayOfAll(handover?.lines ?? lines),
		lines: lines.map(({ name, size, unit, mode, asked, approved, reason }) => ({
			...{ name, size, unit, mode, asked, approved, reason }
		})),
		words: found.paper === 'decision' ? wordsOfDecision(timeline) : '',
		files: files.map((one) => one.name),
		handover: handover ?? null
	};
}
export type PaperPage = Awaited<ReturnType<typeof paperOf>>;
