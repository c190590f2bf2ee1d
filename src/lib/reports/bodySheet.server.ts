/** What stands on the sheet of one body and fiscal year. No names of people: it is read out in an assembly. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { handedIn } from '#lib/equipment/figures.server.ts';
import { findingsOfBody, walksOfBody } from '#lib/patrols/bodyYear.server.ts';
import { can, may, type Actor } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { association, associationSchool } from '#lib/people/tables.server.ts';
import { movementOf } from '#lib/pockets/figures.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { walkedYear } from './bodySheet.ts';

/** The refuge homes of the body's school districts at the end of the year, for those who may see their number. */
async function pocketsNear(tx: Reader, actor: Actor, body: string, fiscalYear: number) {
	if (!may(actor, 'pocket.count')) return undefined;
	const schools = await tx
		.select({ school: associationSchool.school })
		.from(associationSchool)
		.where(eq(associationSchool.association, body));
	const { districts } = await movementOf(tx, actor.municipality, fiscalYear);
	return districts
		.filter(({ school }) => schools.some((one) => one.school === school))
		.map(({ school, name, end }) => ({ school, name, count: end }));
}

/** The sheet of a body, if the actor reaches it: its own leader, of the old year also the one before, and the office. Else it is not there. */
export async function bodySheet(tx: Reader, actor: Actor, body: string, fiscalYear: number, now: Date) {
	const [found] = await tx
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(and(eq(association.id, body), eq(association.municipality, actor.municipality)));
	const on = fiscalYearEnd(fiscalYear);
	if (!found || !can(actor, 'bodySheet.see', { association: body, on })) throw new NotFound('association');
	const { settings } = await settingsOf(tx, actor.municipality);
	const handed = async (way: 'issued' | 'lent') =>
		(await handedIn(tx, actor, fiscalYear, way, 'bodySheet.see', body)).map(
			({ line, onDay, item, size, unit, pieces }) => ({ line, onDay, item, size, unit, pieces, way })
		);
	return {
		body: found,
		fiscalYear,
		...(await walkedYear(await walksOfBody(tx, actor, body, fiscalYear), body, fiscalYear, jstDay(now))),
		greetingName: settings.greetingName,
		handed: [...(await handed('issued')), ...(await handed('lent'))],
		findings: await findingsOfBody(tx, actor.municipality, body, fiscalYear),
		pocketName: settings.pocketName,
		pockets: await pocketsNear(tx, actor, body, fiscalYear)
	};
}
export type BodySheet = Awaited<ReturnType<typeof bodySheet>>;
