/** The personal link by which a host answers without an account. Only its hash rests here; a new one replaces the old. */
import { randomBytes } from 'node:crypto';
import { and, eq, gte } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { hashed } from '#lib/people/sessions.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { isConfirming, type hostResults } from './confirmation.ts';
import { consentsOf, withdrawConsent } from './consents.server.ts';
import type { Purpose } from './consent.ts';
import { isOver } from './pocket.ts';
import { findPocket } from './pockets.server.ts';
import { askedIn, keepAnswer } from './rounds.server.ts';
import type { RunInPayload } from './runIn.ts';
import { reportRunIn } from './runIns.server.ts';
import { pocket, pocketLink } from './tables.server.ts';
import { lastAnswers } from './visits.server.ts';

/** As long as nobody guesses it, and short enough that a camera reads it off a postcard. */
const BYTES = 16;

/** Makes a link for each of these homes, good until 31 March. The tokens are returned here and nowhere else, ever. */
export async function makeLinks(
	tx: Tx,
	actor: Actor,
	{ fiscalYear, pockets }: { fiscalYear: number; pockets: readonly string[] },
	now: Date
): Promise<{ pocket: string; token: string }[]> {
	const untilOn = fiscalYearEnd(fiscalYear);
	if (jstDay(now) > untilOn) throw new RuleBroken('error_rounds_year');
	const made: { pocket: string; token: string }[] = [];
	for (const id of pockets) {
		await askedIn(tx, await findPocket(tx, actor, 'pocket.edit', id), fiscalYear);
		const token = randomBytes(BYTES).toString('base64url');
		const fresh = { hash: hashed(token), at: now, untilOn };
		await tx
			.insert(pocketLink)
			.values({ id: newId(now.getTime()), municipality: actor.municipality, pocket: id, fiscalYear, ...fresh })
			.onConflictDoUpdate({ target: [pocketLink.pocket, pocketLink.fiscalYear], set: fresh });
		made.push({ pocket: id, token });
	}
	if (made.length)
		await record(tx, actor, 'pocket.makeLinks', 'pocketSeason', String(fiscalYear), { count: made.length });
	return made;
}

/** The home a link opens: until the end of its 31 March, and not after the home has ended. */
async function homeOf(tx: Reader, municipality: string, token: string, now: Date) {
	const [found] = await tx
		.select({ home: pocket, fiscalYear: pocketLink.fiscalYear, untilOn: pocketLink.untilOn })
		.from(pocketLink)
		.innerJoin(pocket, eq(pocket.id, pocketLink.pocket))
		.where(
			and(
				eq(pocketLink.hash, hashed(token)),
				eq(pocketLink.municipality, municipality),
				gte(pocketLink.untilOn, jstDay(now))
			)
		);
	return found && !isOver(found.home.state) ? found : undefined;
}

/** What the host is shown: its own home, its hours, what it agreed to, and what it has answered. Undefined when the link opens nothing. */
export async function hostView(tx: Reader, municipality: string, token: string, now: Date) {
	const found = await homeOf(tx, municipality, token, now);
	if (!found) return undefined;
	const { home, fiscalYear, untilOn } = found;
	const last = (await lastAnswers(tx, fiscalYear, [home.id])).get(home.id);
	return {
		name: home.name,
		number: home.number,
		kind: home.kind,
		hours: home.hours,
		closed: home.closed,
		consents: await consentsOf(tx, home.id),
		fiscalYear,
		untilOn,
		answered: last && { result: last.result, on: last.on, confirmed: isConfirming(last.result) }
	};
}

/** The host answers. A later answer holds; what is to be changed is words for the office, the register stays as it is. */
export async function answerByLink(
	tx: Tx,
	municipality: string,
	token: string,
	said: { id: string; result: (typeof hostResults)[number]; words: string | null },
	now: Date
): Promise<void> {
	const found = await homeOf(tx, municipality, token, now);
	if (!found) throw new RuleBroken('error_rounds_link_over');
	const { home, fiscalYear } = found;
	await askedIn(tx, home, fiscalYear);
	if (said.result === 'changes' && !said.words) throw new RuleBroken('error_required', 'words');
	const { id, result, words } = said;
	const answer = { pocket: home.id, fiscalYear, method: 'link' as const, result, words, on: jstDay(now) };
	await keepAnswer(tx, { municipality }, id, answer, now);
}

/** The host takes a consent back: gone from the next answer of the server. */
export async function withdrawByLink(
	tx: Tx,
	municipality: string,
	token: string,
	purpose: Purpose,
	now: Date
): Promise<void> {
	const found = await homeOf(tx, municipality, token, now);
	if (!found) throw new RuleBroken('error_rounds_link_over');
	await withdrawConsent(tx, { municipality }, found.home.id, purpose, now);
}

/** Does this link open the form that a child ran in? Also after its 31 March, as long as the home is one and no newer link was made. */
export async function opensRunIn(tx: Reader, municipality: string, token: string): Promise<boolean> {
	const found = await linked(tx, municipality, token);
	return found !== undefined && !isOver(found.state);
}

/** Whose link it is, whatever became of home and year. */
async function linked(tx: Reader, municipality: string, token: string) {
	const [found] = await tx
		.select({ id: pocket.id, state: pocket.state })
		.from(pocketLink)
		.innerJoin(pocket, eq(pocket.id, pocketLink.pocket))
		.where(and(eq(pocketLink.hash, hashed(token)), eq(pocketLink.municipality, municipality)));
	return found;
}

/**
 * A host tells that a child ran in. Written without a network it may arrive when the home has ended: it is taken all the same. The id
 * was made where it was written, so however often it comes it is one.
 */
export async function runInByLink(
	tx: Tx,
	municipality: string,
	token: string,
	{ id, told }: { id: string; told: RunInPayload },
	now: Date
): Promise<void> {
	const found = await linked(tx, municipality, token);
	if (!found) throw new RuleBroken('error_rounds_link_over');
	await reportRunIn(tx, { municipality }, id, 'host', { ...told, pocket: found.id }, now);
}
