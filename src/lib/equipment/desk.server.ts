/** What lies on the desk of whoever checks and decides: requests, their lines, the rules, what is free, and a proposal. */
import { and, eq, notInArray, sql } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { association, person } from '#lib/people/tables.server.ts';
import { among } from '#lib/server/db/among.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { factsOfAll } from './facts.server.ts';
import { policyOf } from './policies.server.ts';
import { countsWalkers, remainingOf, type Facts } from './policy.ts';
import { keyOf, propose, type Wanting } from './proposal.ts';
import { reasonOf } from './proposal-words.ts';
import { linesWithItems } from './requestReads.server.ts';
import { findRequests, numberOf } from './requests.server.ts';
import { request, requestLine, type Request } from './tables.server.ts';

type Shelf = { item: string; size: string };
const shelf = (of: Shelf) => `${of.item}:${of.size}`;

/**
 * These requests with a proposal for each line. `rivals`: who else shares what is short — only the chosen ones, or every request
 * that waits to be checked, when one is looked at alone and the next is not to go away empty.
 */
export async function deskOf(
	tx: Reader,
	actor: Actor,
	ids: readonly string[],
	now: Date,
	rivals: 'chosen' | 'waiting'
) {
	const found = await findRequests(tx, actor, 'request.see', ids);
	const lines = await linesWithItems(tx, ids);
	const others = rivals === 'waiting' ? await waitingLines(tx, actor, ids, lines) : [];
	const bodyOf = new Map([...found, ...others].map((one) => [one.id, one.association]));
	const { policy } = await policyOf(tx, actor.municipality);
	const facts = await factsOfAll(tx, [...new Set(bodyOf.values())], now, countsWalkers(policy));
	const of = (id: string) => facts.get(bodyOf.get(id)!)!;
	const promised = await promisedElsewhere(tx, actor, ids, lines);
	const free = (one: Shelf) =>
		(lines.find((line) => shelf(line) === shelf(one))?.free ?? 0) - (promised.get(shelf(one)) ?? 0);
	const wanting = [...lines, ...others.map(({ id, ...line }) => ({ request: id, ...line }))].map(
		({ request: id, item, size, asked }): Wanting => ({
			...{ request: id, item, size, asked },
			members: of(id).members ?? 0,
			patrols: walked(of(id)),
			remaining: remainingOf(policy, of(id), item)
		})
	);
	const proposals = propose(wanting, free);
	const names = await namesOf(tx, found);
	return {
		requests: found.map((one) => ({
			id: one.id,
			number: numberOf(one),
			state: one.state,
			body: names.get(one.association) ?? '',
			plan: one.plan,
			checks: one.checks ?? [],
			override: one.override,
			sentAt: one.sentAt,
			seen: one.changedAt.getTime(),
			members: of(one.id).members,
			patrols: walked(of(one.id)),
			preparedBy: one.preparedBy && (names.get(one.preparedBy) ?? null),
			mine: one.preparedBy === actor.person
		})),
		lines: lines.map((line) => {
			const proposed = proposals.get(keyOf(line))!;
			return {
				...line,
				remaining: remainingOf(policy, of(line.request), line.item),
				/** Of what is free, so much is in proposals that wait for their decision. */
				elsewhere: promised.get(shelf(line)) ?? 0,
				proposed: proposed.pieces,
				proposedReason: reasonOf(proposed, line.unit)
			};
		})
	};
}
export type Desk = Awaited<ReturnType<typeof deskOf>>;
export type DeskRequest = Desk['requests'][number];
export type DeskLine = Desk['lines'][number];

const walked = (facts: Facts) => facts.patrolsByMonth.reduce((sum, one) => sum + one, 0);

/** Bodies and those who prepared, by id. */
async function namesOf(tx: Reader, found: readonly Request[]): Promise<Map<string, string>> {
	const bodies = await tx
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(among(association.id, [...new Set(found.map((one) => one.association))]));
	const people = await tx
		.select({ id: person.id, name: person.name })
		.from(person)
		.where(among(person.id, [...new Set(found.flatMap((one) => one.preparedBy ?? []))]));
	return new Map([...bodies, ...people].map(({ id, name }) => [id, name]));
}

/** Lines of other requests that wait to be checked and want the same. */
async function waitingLines(tx: Reader, actor: Actor, ids: readonly string[], lines: readonly Shelf[]) {
	const rows = await tx
		.select({
			id: request.id,
			association: request.association,
			item: requestLine.item,
			size: requestLine.size,
			asked: requestLine.asked
		})
		.from(request)
		.innerJoin(requestLine, eq(requestLine.request, request.id))
		.where(
			and(
				eq(request.municipality, actor.municipality),
				eq(request.state, 'sent'),
				notInArray(request.id, [...ids]),
				among(
					requestLine.item,
					lines.map((line) => line.item)
				)
			)
		);
	const wanted = new Set(lines.map(shelf));
	return rows.filter((row) => wanted.has(shelf(row)));
}

/** Pieces of the proposals of other requests that wait for their decision, by item and size. */
async function promisedElsewhere(tx: Reader, actor: Actor, ids: readonly string[], lines: readonly Shelf[]) {
	const rows = await tx
		.select({
			item: requestLine.item,
			size: requestLine.size,
			pieces: sql<number>`coalesce(sum(${requestLine.suggested}), 0)`
		})
		.from(request)
		.innerJoin(requestLine, eq(requestLine.request, request.id))
		.where(
			and(
				eq(request.municipality, actor.municipality),
				eq(request.state, 'prepared'),
				notInArray(request.id, [...ids]),
				among(
					requestLine.item,
					lines.map((line) => line.item)
				)
			)
		)
		.groupBy(requestLine.item, requestLine.size);
	return new Map(rows.map((row) => [shelf(row), row.pieces]));
}
