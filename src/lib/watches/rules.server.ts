/** Verbs and reads of weekly rules. A change acts at once on the shifts nobody joined. */
import { and, asc, eq, gte } from 'drizzle-orm';
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { association, school } from '#lib/people/tables.server.ts';
import type { Action, Actor } from '#lib/people/permissions.ts';
import { settleRule, type Made } from './materialise.server.ts';
import { findPlace } from './places.server.ts';
import { within } from './scope.server.ts';
import { campaign, place, weeklyRule, type WeeklyRule } from './tables.server.ts';
import type { RuleForm } from './weeklyRule.ts';

/** The rule, if the action reaches it. */
export async function findRule(reader: Reader, actor: Actor, action: Action, id: string): Promise<WeeklyRule> {
	const [found] = await reader
		.select()
		.from(weeklyRule)
		.where(and(eq(weeklyRule.id, id), await within(reader, actor, action, weeklyRule)));
	if (!found) throw new NotFound('rule');
	return found;
}

/** Rules that still yield something, by body and place. */
export async function rulesOf(reader: Reader, actor: Actor, now: Date) {
	return reader
		.select({ rule: weeklyRule, place: place.name, association: association.name, school: school.name })
		.from(weeklyRule)
		.innerJoin(place, eq(place.id, weeklyRule.place))
		.innerJoin(association, eq(association.id, weeklyRule.association))
		.leftJoin(school, eq(school.id, weeklyRule.school))
		.where(and(gte(weeklyRule.endOn, jstDay(now)), await within(reader, actor, 'shift.edit', weeklyRule)))
		.orderBy(asc(association.kana), asc(place.name), asc(weeklyRule.id));
}

/** School and campaign named by the form must be of this municipality. */
async function requireOwn(tx: Tx, actor: Actor, form: RuleForm): Promise<void> {
	if (form.school) {
		const [found] = await tx
			.select({ id: school.id })
			.from(school)
			.where(and(eq(school.id, form.school), eq(school.municipality, actor.municipality)));
		if (!found) throw new RuleBroken('error_input', 'school');
	}
	if (form.campaign) {
		const [found] = await tx
			.select({ id: campaign.id })
			.from(campaign)
			.where(and(eq(campaign.id, form.campaign), eq(campaign.municipality, actor.municipality)));
		if (!found) throw new RuleBroken('error_input', 'campaign');
	}
}

/** A new rule, and at once the shifts of the next 60 days. */
export async function makeRule(tx: Tx, actor: Actor, form: RuleForm, now: Date): Promise<{ id: string; did: Made }> {
	const where = await findPlace(tx, actor, 'shift.edit', form.place);
	await requireOwn(tx, actor, form);
	const rule: WeeklyRule = {
		id: newId(now.getTime()),
		municipality: actor.municipality,
		association: where.association,
		createdBy: actor.person,
		at: now,
		...form
	};
	await tx.insert(weeklyRule).values(rule);
	const did = await settleRule(tx, rule, now);
	await record(tx, actor, 'watches.makeRule', 'weeklyRule', rule.id, did);
	return { id: rule.id, did };
}

/** Changes a rule. Shifts that somebody joined stay as they were; the others follow. */
export async function changeRule(tx: Tx, actor: Actor, id: string, form: RuleForm, now: Date): Promise<Made> {
	const found = await findRule(tx, actor, 'shift.edit', id);
	const where = await findPlace(tx, actor, 'shift.edit', form.place);
	if (where.association !== found.association) throw new RuleBroken('error_input', 'place');
	await requireOwn(tx, actor, form);
	await tx.update(weeklyRule).set(form).where(eq(weeklyRule.id, id));
	const did = await settleRule(tx, { ...found, ...form }, now);
	await record(tx, actor, 'watches.changeRule', 'weeklyRule', id, did);
	return did;
}

/** Ends a rule with yesterday: no new watches, and those nobody joined go. */
export async function endRule(tx: Tx, actor: Actor, id: string, now: Date): Promise<Made> {
	const found = await findRule(tx, actor, 'shift.edit', id);
	const endOn = addDays(jstDay(now), -1);
	await tx.update(weeklyRule).set({ endOn }).where(eq(weeklyRule.id, id));
	const did = await settleRule(tx, { ...found, endOn }, now);
	await record(tx, actor, 'watches.endRule', 'weeklyRule', id, did);
	return did;
}
