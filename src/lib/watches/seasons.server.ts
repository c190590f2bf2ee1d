/** Verbs and reads of campaigns and closed days. A closed day acts at once on the shifts nobody joined. */
import { and, asc, desc, eq, gte, inArray, isNull, ne, or } from 'drizzle-orm';
import { daysBetween, daysFrom, jstDay } from '#lib/calendar/day.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { school } from '#lib/people/tables.server.ts';
import { can, reachOf, type Actor } from '#lib/people/permissions.ts';
import { liveRules, settleRule } from './materialise.server.ts';
import { runsOn, type CampaignForm, type ClosedDayForm } from './season.ts';
import { campaign, closedDay, shift, weeklyRule, type Campaign } from './tables.server.ts';

/** All campaigns of the municipality, the latest year first. */
export const campaignsOf = (reader: Reader, actor: Actor) =>
	reader
		.select()
		.from(campaign)
		.where(eq(campaign.municipality, actor.municipality))
		.orderBy(desc(campaign.fiscalYear), asc(campaign.name));

/** The campaigns that are on today, with their greeting. */
export async function campaignsOn(reader: Reader, actor: Actor, now: Date) {
	return (await campaignsOf(reader, actor)).filter((one) => runsOn(one, jstDay(now)));
}

/** A new campaign of a fiscal year. */
export async function makeCampaign(tx: Tx, actor: Actor, form: CampaignForm, now: Date): Promise<string> {
	const id = newId(now.getTime());
	const made = await tx
		.insert(campaign)
		.values({ id, municipality: actor.municipality, ...form, greeting: form.greeting || null })
		.onConflictDoNothing();
	if (made.changes === 0) throw new RuleBroken('error_watches_name_taken', 'name');
	await record(tx, actor, 'watches.makeCampaign', 'campaign', id, { fiscalYear: form.fiscalYear });
	return id;
}

/** The campaign, if it is of the actor's municipality and theirs to keep. */
export async function findCampaign(reader: Reader, actor: Actor, id: string): Promise<Campaign> {
	const [found] = await reader
		.select()
		.from(campaign)
		.where(and(eq(campaign.id, id), eq(campaign.municipality, actor.municipality)));
	if (!found || !can(actor, 'campaign.edit', {})) throw new NotFound('campaign');
	return found;
}

/** Other months, another name or greeting. What was made under it shows the new name, too. */
export async function changeCampaign(tx: Tx, actor: Actor, id: string, form: CampaignForm): Promise<void> {
	await findCampaign(tx, actor, id);
	const [taken] = await tx
		.select({ id: campaign.id })
		.from(campaign)
		.where(
			and(
				eq(campaign.municipality, actor.municipality),
				eq(campaign.fiscalYear, form.fiscalYear),
				eq(campaign.name, form.name),
				ne(campaign.id, id)
			)
		);
	if (taken) throw new RuleBroken('error_watches_name_taken', 'name');
	await tx
		.update(campaign)
		.set({ ...form, greeting: form.greeting || null })
		.where(eq(campaign.id, id));
	await record(tx, actor, 'watches.changeCampaign', 'campaign', id, { fiscalYear: form.fiscalYear });
}

/** Has a rule or a watch been made under this campaign? */
export async function campaignUsed(reader: Reader, actor: Actor, id: string): Promise<boolean> {
	for (const used of [weeklyRule, shift]) {
		const [found] = await reader
			.select({ id: used.id })
			.from(used)
			.where(and(eq(used.municipality, actor.municipality), eq(used.campaign, id)))
			.limit(1);
		if (found) return true;
	}
	return false;
}

/** Ends a campaign today. One that nothing was made under goes altogether: it was a slip of the pen. */
export async function endCampaign(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	await findCampaign(tx, actor, id);
	const used = await campaignUsed(tx, actor, id);
	if (used)
		await tx
			.update(campaign)
			.set({ endedOn: jstDay(now) })
			.where(eq(campaign.id, id));
	else await tx.delete(campaign).where(eq(campaign.id, id));
	await record(tx, actor, 'watches.endCampaign', 'campaign', id, { deleted: used ? 0 : 1 });
}

/** Takes the ending back. */
export async function resumeCampaign(tx: Tx, actor: Actor, id: string): Promise<void> {
	await findCampaign(tx, actor, id);
	await tx.update(campaign).set({ endedOn: null }).where(eq(campaign.id, id));
	await record(tx, actor, 'watches.resumeCampaign', 'campaign', id);
}

/** Schools whose closed days the actor may set. */
export async function schoolsToClose(reader: Reader, actor: Actor) {
	const reached = reachOf(actor, 'closedDay.edit');
	const here = eq(school.municipality, actor.municipality);
	return reader
		.select({ id: school.id, name: school.name })
		.from(school)
		.where(reached.all ? here : and(here, inArray(school.id, reached.schools)))
		.orderBy(asc(school.kana));
}

/** Every school of the municipality, to name in a rule. */
export const schoolsOf = (reader: Reader, actor: Actor) =>
	reader
		.select({ id: school.id, name: school.name })
		.from(school)
		.where(eq(school.municipality, actor.municipality))
		.orderBy(asc(school.kana));

/** Closed days from today on that the actor may set or that hold for all. */
export async function closedDaysToCome(reader: Reader, actor: Actor, now: Date) {
	const reached = reachOf(actor, 'closedDay.edit');
	const seen = reached.all ? undefined : or(isNull(closedDay.school), inArray(closedDay.school, reached.schools));
	return reader
		.select({
			id: closedDay.id,
			onDay: closedDay.onDay,
			reason: closedDay.reason,
			school: closedDay.school,
			schoolName: school.name
		})
		.from(closedDay)
		.leftJoin(school, eq(school.id, closedDay.school))
		.where(and(eq(closedDay.municipality, actor.municipality), gte(closedDay.onDay, jstDay(now)), seen))
		.orderBy(asc(closedDay.onDay), asc(school.kana));
}

/** Rules follow a change of the closed days. */
async function settleAll(tx: Tx, actor: Actor, now: Date): Promise<void> {
	for (const rule of await liveRules(tx, actor.municipality, now))
		if (rule.skipClosedDays) await settleRule(tx, rule, now);
}

/** Closes one day or a run of days. Days already closed stay as they were. */
export async function close(tx: Tx, actor: Actor, form: ClosedDayForm, now: Date): Promise<number> {
	const of = form.school || null;
	if (of) {
		const mine = (await schoolsToClose(tx, actor)).some((one) => one.id === of);
		if (!mine) throw new NotFound('school');
	} else if (!can(actor, 'closedDay.edit', {})) throw new RuleBroken('error_required', 'school');
	const last = form.lastDay || form.onDay;
	if (daysBetween(form.onDay, last) > 60) throw new RuleBroken('error_watches_period', 'lastDay');
	const made = await tx
		.insert(closedDay)
		.values(
			daysFrom(form.onDay, last).map((onDay) => ({
				id: newId(now.getTime()),
				municipality: actor.municipality,
				school: of,
				onDay,
				reason: form.reason
			}))
		)
		.onConflictDoNothing();
	await settleAll(tx, actor, now);
	await record(tx, actor, 'watches.close', 'closedDay', of ?? actor.municipality, { days: made.changes });
	return made.changes;
}

/** Opens a day again: entered by mistake. */
export async function reopen(tx: Tx, actor: Actor, id: string, now: Date): Promise<void> {
	const [found] = await tx
		.select()
		.from(closedDay)
		.where(
			and(eq(closedDay.id, id), eq(closedDay.municipality, actor.municipality), gte(closedDay.onDay, jstDay(now)))
		);
	if (!found || !can(actor, 'closedDay.edit', found.school ? { school: found.school } : {}))
		throw new NotFound('closed day');
	await tx.delete(closedDay).where(eq(closedDay.id, id));
	await settleAll(tx, actor, now);
	await record(tx, actor, 'watches.reopen', 'closedDay', id);
}
