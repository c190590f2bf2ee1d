/** From what was sent or typed to the rows of one version: every id asked for in the municipality first, then written once. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { association, membership, person, roleGrant } from '#lib/people/tables.server.ts';
import { amongThose, listed } from '#lib/server/db/among.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { insertRow } from '#lib/server/db/insert.ts';
import { once } from '#lib/server/db/once.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { place, shift } from '#lib/watches/tables.server.ts';
import { headcount, isCityCar, type LogPayload, type OtherKind } from './log.ts';
import { logAssociation, logName, logOthers, logPerson, logVersion, vehicle } from './tables.server.ts';

/** On whose behalf a log is kept. */
export type LogBody = { association: string | null; section: string | null };

/** All bodies that walked: the log's own first, then those it walked with. */
export const bodiesOf = (body: LogBody, payload: LogPayload): string[] => [
	...new Set([...(body.association ? [body.association] : []), ...payload.jointly])
];

/**
 * Throws `RuleBroken` with the field when the log names anything the municipality does not have, or names it wrongly. What it
 * does not know it says without saying whether it exists elsewhere.
 */
export async function checkContent(tx: Reader, of: string, body: LogBody, payload: LogPayload): Promise<void> {
	const bodies = bodiesOf(body, payload);
	if (bodies.length === 0 && !isCityCar(payload.programme)) throw new RuleBroken('error_patrols_body', 'association');
	if (payload.on !== jstDay(new Date(payload.departedAt))) throw new RuleBroken('error_patrols_day', 'on');
	await allHere(tx, associations, of, bodies, 'association');
	await checkPeople(tx, of, body, bodies, payload);
	await checkShift(tx, of, body, bodies, payload.shift);
	await allHere(tx, places, of, [payload.route, payload.post], 'route');
	await allHere(tx, vehicles, of, [payload.car?.vehicle], 'vehicle');
}

/** A watch that was planned belongs to a body that walked: nobody reports the watch of others as walked. The city's own log may. */
async function checkShift(tx: Reader, of: string, body: LogBody, bodies: string[], wanted: string | undefined) {
	if (wanted === undefined) return;
	const [found] = await tx
		.select({ association: shift.association })
		.from(shift)
		.where(and(eq(shift.id, wanted), eq(shift.municipality, of)));
	if (!found || (!body.section && !bodies.includes(found.association)))
		throw new RuleBroken('error_patrols_unknown', 'shift');
}

/**
 * Rows of these ids and whose they are; put together once, every log asks. Whether they are the municipality's is compared here:
 * asked together with a list, SQLite would go through everybody of the municipality instead of through the list.
 */
const byId = (owned: typeof association | typeof place | typeof vehicle | typeof person) =>
	once((tx: Reader) =>
		tx.select({ id: owned.id, of: owned.municipality }).from(owned).where(amongThose(owned.id, 'ids')).prepare()
	);
const associations = byId(association);
const places = byId(place);
const vehicles = byId(vehicle);
const people = byId(person);
const onRosters = once((tx: Reader) =>
	tx
		.select({ id: membership.person, body: membership.association })
		.from(membership)
		.where(amongThose(membership.person, 'ids'))
		.prepare()
);
const holders = once((tx: Reader) =>
	tx
		.select({ id: roleGrant.person, of: roleGrant.municipality })
		.from(roleGrant)
		.where(amongThose(roleGrant.person, 'ids'))
		.prepare()
);

async function allHere(
	tx: Reader,
	asked: ReturnType<typeof byId>,
	of: string,
	ids: (string | undefined)[],
	field: string,
	code = 'error_patrols_unknown'
) {
	const wanted = [...new Set(ids.filter((one) => one !== undefined))];
	if (wanted.length === 0) return;
	const found = await asked(tx).execute({ ids: listed(wanted) });
	if (found.filter((one) => one.of === of).length !== wanted.length) throw new RuleBroken(code, field);
}

/** People who walked are on a roster of the bodies, now or once, or hold a role in the municipality; the city's own log may name anybody of the town. */
async function checkPeople(tx: Reader, of: string, body: LogBody, bodies: string[], payload: LogPayload) {
	const wanted = [...new Set([...payload.people, ...(payload.leader ? [payload.leader] : [])])];
	if (wanted.length === 0) return;
	await allHere(tx, people, of, wanted, 'people', 'error_patrols_participants');
	if (body.section) return;
	const ids = listed(wanted);
	const members = (await onRosters(tx).execute({ ids })).filter((one) => bodies.includes(one.body));
	const known = new Set(members.map((one) => one.id));
	if (wanted.every((one) => known.has(one))) return;
	for (const one of await holders(tx).execute({ ids })) if (one.of === of) known.add(one.id);
	if (wanted.some((one) => !known.has(one))) throw new RuleBroken('error_patrols_participants', 'people');
}

/** Who writes a version, when and why. `clockDoubt`: the phone's clock was not to be trusted. */
export type Writing = {
	id: string;
	municipality: string;
	log: string;
	number: number;
	reason: string | null;
	by: string;
	at: Date;
	clockDoubt: boolean;
};

/** Writes one version with everything that hangs on it. The caller has checked the content. */
export async function writeVersion(tx: Tx, writing: Writing, body: LogBody, payload: LogPayload): Promise<void> {
	insertRow(tx, logVersion, { ...writing, ...columnsOf(payload) });
	const common = { version: writing.id, municipality: writing.municipality };
	for (const one of bodiesOf(body, payload)) insertRow(tx, logAssociation, { ...common, association: one });
	for (const one of new Set(payload.people)) insertRow(tx, logPerson, { ...common, person: one });
	for (const [n, name] of (payload.names ?? []).entries()) insertRow(tx, logName, { ...common, place: n + 1, name });
	for (const [kind, heads] of Object.entries(payload.others) as [OtherKind, number][])
		if (heads > 0) insertRow(tx, logOthers, { ...common, kind, heads });
}

const instantOrNull = (text: string | undefined) => (text === undefined ? null : new Date(text));

/** The columns a payload fills. The fiscal year follows the day it set out. */
export function columnsOf(payload: LogPayload) {
	const departedAt = new Date(payload.departedAt);
	const onDay = jstDay(departedAt);
	return {
		programme: payload.programme,
		shift: payload.shift ?? null,
		onDay,
		fiscalYear: fiscalYearOf(onDay),
		assembledAt: instantOrNull(payload.assembledAt),
		departedAt,
		finishedAt: new Date(payload.finishedAt),
		dismissedAt: instantOrNull(payload.dismissedAt),
		leader: payload.leader ?? null,
		method: payload.method,
		place: payload.route ?? payload.post ?? null,
		metres: payload.metres ?? null,
		metresFrom: payload.metresFrom ?? null,
		weather: payload.weather ?? null,
		policeCalledAt: instantOrNull(payload.policeCalledAt),
		remarks: payload.remarks,
		handOver: payload.handOver,
		track: payload.track ?? null,
		typed: payload.typed,
		headcount: headcount(payload),
		vehicle: payload.car?.vehicle ?? null,
		odometerStart: payload.car?.odometerStart ?? null,
		odometerEnd: payload.car?.odometerEnd ?? null,
		blueLight: payload.car?.blueLight ?? false,
		announced: payload.car?.announced ?? false,
		cardHolder: payload.car?.cardHolder ?? false
	};
}
