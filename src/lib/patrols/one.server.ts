/** One log with everything that is known of it, through the actor; and as the payload a correction starts from. */
import { and, asc, desc, eq, inArray, isNull } from 'drizzle-orm';
import { person } from '#lib/people/tables.server.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { alias } from '#lib/server/db/columns.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { place, shift } from '#lib/watches/tables.server.ts';
import { kmOf, odditiesOf, type LogPayload, type Oddity } from './log.ts';
import { duplicatesOf } from './merges.server.ts';
import { canDo, logsInReach, openLog } from './open.server.ts';
import { bodiesOf } from './reads.server.ts';
import { allows } from './state.ts';
import {
	log,
	logConfirmation,
	logMerge,
	logName,
	logOthers,
	logPerson,
	logSendBack,
	logVersion,
	logWithdrawal,
	vehicle
} from './tables.server.ts';

const leader = alias(person, 'leader');

/** All versions of a log, the latest first, each with what became of it. */
async function versionsOf(tx: Reader, id: string) {
	const confirmer = alias(person, 'confirmer');
	const returner = alias(person, 'returner');
	return tx
		.select({
			version: logVersion,
			by: person.name,
			leader: leader.name,
			place: place.name,
			placeKind: place.kind,
			vehicle: vehicle.name,
			confirmedBy: confirmer.name,
			confirmedAt: logConfirmation.at,
			sentBackBy: returner.name,
			sentBackAt: logSendBack.at,
			sentBackReason: logSendBack.reason
		})
		.from(logVersion)
		.innerJoin(person, eq(person.id, logVersion.by))
		.leftJoin(leader, eq(leader.id, logVersion.leader))
		.leftJoin(place, eq(place.id, logVersion.place))
		.leftJoin(vehicle, eq(vehicle.id, logVersion.vehicle))
		.leftJoin(logConfirmation, eq(logConfirmation.version, logVersion.id))
		.leftJoin(confirmer, eq(confirmer.id, logConfirmation.by))
		.leftJoin(logSendBack, eq(logSendBack.version, logVersion.id))
		.leftJoin(returner, eq(returner.id, logSendBack.by))
		.where(eq(logVersion.log, id))
		.orderBy(desc(logVersion.number));
}

/** Who walked, of one version: people of the roster by kana, names, others by kind. */
export async function walkersOf(tx: Reader, version: string) {
	const people = await tx
		.select({ id: person.id, name: person.name })
		.from(logPerson)
		.innerJoin(person, eq(person.id, logPerson.person))
		.where(eq(logPerson.version, version))
		.orderBy(asc(person.kana));
	const names = await tx
		.select({ name: logName.name })
		.from(logName)
		.where(eq(logName.version, version))
		.orderBy(asc(logName.place));
	const others = await tx
		.select({ kind: logOthers.kind, heads: logOthers.heads })
		.from(logOthers)
		.where(eq(logOthers.version, version));
	return { people, names: names.map((one) => one.name), others };
}

async function withdrawalOf(tx: Reader, id: string) {
	const [found] = await tx
		.select({ by: person.name, at: logWithdrawal.at, reason: logWithdrawal.reason })
		.from(logWithdrawal)
		.innerJoin(person, eq(person.id, logWithdrawal.by))
		.where(eq(logWithdrawal.log, id));
	return found;
}

/** Logs that concern the same walk: merged into this one, the one it is merged into, and those that may be. */
async function relatedOf(tx: Reader, actor: Actor, id: string, live: boolean) {
	const merges = await tx
		.select({ log: logMerge.log, into: logMerge.into })
		.from(logMerge)
		.where(and(isNull(logMerge.undoneAt), eq(logMerge.log, id)));
	const under = await tx
		.select({ log: logMerge.log })
		.from(logMerge)
		.where(and(isNull(logMerge.undoneAt), eq(logMerge.into, id)));
	const offers = live ? ((await duplicatesOf(tx, actor, [id])).get(id) ?? []) : [];
	// A merge over two bodies: each reads its own log, and hears that there is another without a way to it.
	const seen = await logsInReach(tx, actor, [...merges.map((one) => one.into), ...under.map((one) => one.log)]);
	const line = async (ids: string[]) =>
		ids.length === 0
			? []
			: tx
					.select({
						id: log.id,
						number: log.latest,
						departedAt: logVersion.departedAt,
						finishedAt: logVersion.finishedAt,
						metres: logVersion.metres,
						headcount: logVersion.headcount,
						author: person.name,
						forOthers: log.forOthers,
						confirmed: logConfirmation.version
					})
					.from(log)
					.innerJoin(logVersion, and(eq(logVersion.log, log.id), eq(logVersion.number, log.latest)))
					.innerJoin(person, eq(person.id, log.author))
					.leftJoin(logConfirmation, eq(logConfirmation.version, logVersion.id))
					.where(inArray(log.id, ids));
	return {
		into: merges[0] && { id: merges[0].into, opens: seen.has(merges[0].into) },
		merged: await line(under.map((one) => one.log).filter((one) => seen.has(one))),
		offers: await line(offers)
	};
}

/** The whole log for its page. Throws `NotFound` where the actor may not see it. */
export async function readLog(tx: Reader, actor: Actor, id: string) {
	const found = await openLog(tx, actor, id);
	const versions = await versionsOf(tx, id);
	const latest = versions[0]!;
	const [head] = await tx
		.select({ author: person.name, forOthers: log.forOthers, createdAt: log.createdAt })
		.from(log)
		.innerJoin(person, eq(person.id, log.author))
		.where(eq(log.id, id));
	const [watch] = latest.version.shift
		? await tx
				.select({ id: shift.id, from: shift.from, to: shift.to })
				.from(shift)
				.where(eq(shift.id, latest.version.shift))
		: [];
	const decides = canDo(actor, 'patrol.confirm', found);
	const own = found.author === actor.person;
	return {
		...found,
		...head!,
		watch,
		latest,
		versions,
		walkers: await walkersOf(tx, latest.version.id),
		bodyNames: (await bodiesOf(tx, [latest.version.id])).get(latest.version.id) ?? [],
		withdrawal: await withdrawalOf(tx, id),
		related: await relatedOf(tx, actor, id, decides && allows(found.state, 'merge')),
		may: {
			confirm: decides && allows(found.state, 'confirm'),
			sendBack: decides && allows(found.state, 'sendBack') && !own,
			correct: (decides || own) && allows(found.state, 'correct'),
			withdraw: (decides || (own && found.state !== 'confirmed')) && allows(found.state, 'withdraw'),
			merge: decides
		}
	};
}
export type WholeLog = Awaited<ReturnType<typeof readLog>>;

/** The log as the payload it would have been sent as: where a correction starts. Findings stay with the log and are not repeated. */
export function payloadOf({ latest, walkers, association, bodies }: WholeLog): LogPayload {
	const v = latest.version;
	const at = (time: Date | null) => time?.toISOString();
	const car = v.vehicle && {
		vehicle: v.vehicle,
		odometerStart: v.odometerStart ?? undefined,
		odometerEnd: v.odometerEnd ?? undefined,
		blueLight: v.blueLight,
		announced: v.announced,
		cardHolder: v.cardHolder
	};
	return {
		programme: v.programme,
		jointly: bodies.filter((one) => one !== association),
		shift: v.shift ?? undefined,
		on: v.onDay,
		assembledAt: at(v.assembledAt),
		departedAt: v.departedAt.toISOString(),
		finishedAt: v.finishedAt.toISOString(),
		dismissedAt: at(v.dismissedAt),
		people: walkers.people.map((one) => one.id),
		names: walkers.names,
		leader: v.leader ?? undefined,
		others: Object.fromEntries(walkers.others.map((one) => [one.kind, one.heads])),
		method: v.method,
		...(v.place && (latest.placeKind === 'post' ? { post: v.place } : { route: v.place })),
		metres: v.metres ?? undefined,
		metresFrom: v.metresFrom ?? undefined,
		weather: v.weather ?? undefined,
		policeCalledAt: at(v.policeCalledAt),
		remarks: v.remarks,
		handOver: v.handOver,
		car: car || undefined,
		findings: [],
		track: v.track ?? undefined,
		typed: v.typed
	};
}

/** What looks odd about the latest version: the same questions the phone asked, for whoever confirms. */
export const odditiesOfVersion = (whole: WholeLog, now: Date): Oddity[] => odditiesOf(payloadOf(whole), now);

/**
 * The form shows kilometres with one decimal. Where nobody touched them the metres stay as they were, to the metre; what the
 * form does not ask for (the walked line, whether it was typed) stays, too.
 */
export function sameDistance(before: LogPayload, after: LogPayload): LogPayload {
	const touched =
		after.metres === undefined || before.metres === undefined || kmOf(after.metres) !== kmOf(before.metres);
	return {
		...after,
		typed: before.typed,
		...(before.track && { track: before.track }),
		...(!touched && { metres: before.metres, metresFrom: before.metresFrom })
	};
}
