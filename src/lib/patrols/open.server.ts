/** Fetching a log through the person: what they may not see does not exist. */
import { and, eq, inArray, isNull, lte, or, sql, type SQL } from 'drizzle-orm';
import { can, reachOf, type Action, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { Forbidden, NotFound } from '#lib/server/errors.ts';
import { stateOf, type LogState } from './state.ts';
import {
	log,
	logAssociation,
	logConfirmation,
	logMerge,
	logSendBack,
	logVersion,
	logWithdrawal
} from './tables.server.ts';

/** The join that makes `log_version` the latest version of `log`. */
export const isLatest = and(eq(logVersion.log, log.id), eq(logVersion.number, log.latest));

/** Rows beside the latest version, to be left-joined; each at most once per log. */
export const beside = {
	confirmation: eq(logConfirmation.version, logVersion.id),
	sendBack: eq(logSendBack.version, logVersion.id),
	withdrawal: eq(logWithdrawal.log, log.id),
	merge: and(eq(logMerge.log, log.id), isNull(logMerge.undoneAt))
};

/** What `beside` found, as facts. */
export const factColumns = {
	confirmed: sql<number>`${logConfirmation.version} is not null`,
	sentBack: sql<number>`${logSendBack.version} is not null`,
	withdrawn: sql<number>`${logWithdrawal.log} is not null`,
	merged: sql<number>`${logMerge.id} is not null`
};
type FactNumbers = { [K in keyof typeof factColumns]: number };
/** Where a row stands that was selected with `factColumns`. */
export const stateOfRow = (row: FactNumbers): LogState =>
	stateOf({
		confirmed: Boolean(row.confirmed),
		sentBack: Boolean(row.sentBack),
		withdrawn: Boolean(row.withdrawn),
		merged: Boolean(row.merged)
	});

/** Is this log within the actor's reach for an action? For queries over `log` joined with its latest version. */
export function reachable(tx: Reader, actor: Actor, action: Action): SQL | undefined {
	const reached = reachOf(actor, action);
	// The version's own municipality: the lists go through its index by time.
	const here = eq(logVersion.municipality, actor.municipality);
	if (reached.all) return here;
	const ways = [
		reached.associations.length > 0 ? walkedBy(tx, reached.associations) : undefined,
		reached.sections.length > 0 ? inArray(log.section, reached.sections) : undefined,
		...reached.past.map((one) => and(walkedBy(tx, [one.association]), lte(logVersion.onDay, one.upTo)))
	].filter((way) => way !== undefined);
	return and(here, ways.length > 0 ? or(...ways) : sql`1 = 0`);
}

/** Versions in which one of these bodies walked. An IN, not an EXISTS: a body's few hundred logs are found by its index. */
export const walkedBy = (tx: Reader, associations: string[]): SQL =>
	inArray(
		logVersion.id,
		tx
			.select({ version: logAssociation.version })
			.from(logAssociation)
			.where(inArray(logAssociation.association, associations))
	);

/** A log as verbs decide on it. */
export type OpenLog = {
	id: string;
	author: string;
	association: string | null;
	section: string | null;
	latest: number;
	/** Id of the latest version. */
	version: string;
	programme: (typeof logVersion.$inferSelect)['programme'];
	onDay: string;
	state: LogState;
	bodies: string[];
};

/**
 * The log, if the actor may see it (else `NotFound`, same as missing) and may do `action` to it (else `Forbidden`). A joint
 * log belongs to each of its bodies.
 */
export async function openLog(tx: Reader, actor: Actor, id: string, action: Action = 'patrol.see'): Promise<OpenLog> {
	const [row] = await tx
		.select({
			id: log.id,
			author: log.author,
			association: log.association,
			section: log.section,
			latest: log.latest,
			version: logVersion.id,
			programme: logVersion.programme,
			onDay: logVersion.onDay,
			...factColumns
		})
		.from(log)
		.innerJoin(logVersion, isLatest)
		.leftJoin(logConfirmation, beside.confirmation)
		.leftJoin(logSendBack, beside.sendBack)
		.leftJoin(logWithdrawal, beside.withdrawal)
		.leftJoin(logMerge, beside.merge)
		.where(and(eq(log.id, id), reachable(tx, actor, 'patrol.see')));
	if (!row) throw new NotFound();
	const bodies = (
		await tx
			.select({ id: logAssociation.association })
			.from(logAssociation)
			.where(eq(logAssociation.version, row.version))
	).map((one) => one.id);
	if (!canDo(actor, action, { ...row, bodies })) throw new Forbidden();
	const { confirmed, sentBack, withdrawn, merged, ...rest } = row;
	return { ...rest, bodies, state: stateOfRow({ confirmed, sentBack, withdrawn, merged }) };
}

/** Those of some logs whose pages open for the actor: lists that reach further than the logs themselves link to these alone. */
export async function logsInReach(tx: Reader, actor: Actor, ids: readonly string[]): Promise<Set<string>> {
	if (ids.length === 0) return new Set();
	const rows = await tx
		.select({ id: log.id })
		.from(log)
		.innerJoin(logVersion, isLatest)
		.where(and(inArray(log.id, [...ids]), reachable(tx, actor, 'patrol.see')));
	return new Set(rows.map((row) => row.id));
}

/** May the actor do this to a log of these bodies and that day? */
export const canDo = (
	actor: Actor,
	action: Action,
	of: { section: string | null; bodies: readonly string[]; onDay: string }
): boolean =>
	can(actor, action, of.section ? { section: of.section } : {}) ||
	of.bodies.some((association) => can(actor, action, { association, on: of.onDay }));
