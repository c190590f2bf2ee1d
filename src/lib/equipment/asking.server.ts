/** What the form of a request shows before anything is sent: the rules, what is left of each item, who is on the roster. */
import { and, count, eq, inArray, isNull } from 'drizzle-orm';
import { can, reachOf, type Actor } from '#lib/people/permissions.ts';
import { association } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { sizesOf } from './item.ts';
import { boxOf } from './request.ts';
import { linesOf, namesOf, remainingFor } from './requests.server.ts';
import { attachment, item, itemClosing, request, requestDeed } from './tables.server.ts';

/** The bodies somebody may ask for, by kana. */
export async function bodiesOf(tx: Reader, actor: Actor) {
	const { associations } = reachOf(actor, 'request.make');
	if (associations.length === 0) return [];
	return tx
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(and(inArray(association.id, associations), eq(association.municipality, actor.municipality)))
		.orderBy(association.kana, association.id);
}

/** How many requests of the own bodies came back to be mended. */
export async function sentBackTo(tx: Reader, actor: Actor): Promise<number> {
	const { associations } = reachOf(actor, 'request.make');
	if (associations.length === 0) return 0;
	const [found] = await tx
		.select({ n: count() })
		.from(request)
		.where(
			and(
				eq(request.municipality, actor.municipality),
				eq(request.state, 'sentBack'),
				inArray(request.association, associations)
			)
		);
	return found?.n ?? 0;
}

/** Everything the form of one body needs. */
export async function formOf(tx: Reader, actor: Actor, body: string, now: Date) {
	if (!can(actor, 'request.make', { association: body })) throw new NotFound('association');
	const [found] = await tx
		.select({ id: association.id, name: association.name })
		.from(association)
		.where(and(eq(association.id, body), eq(association.municipality, actor.municipality)));
	if (!found) throw new NotFound('association');
	const { policy, checks, remaining } = await remainingFor(tx, body, actor.municipality, now);
	const items = await tx
		.select({ id: item.id, name: item.name, unit: item.unit, mode: item.mode, sizes: item.sizes })
		.from(item)
		.leftJoin(itemClosing, eq(itemClosing.item, item.id))
		.where(and(eq(item.municipality, actor.municipality), isNull(itemClosing.item)))
		.orderBy(item.createdAt, item.id);
	return {
		me: actor.person,
		body: found,
		checks,
		money: policy.money,
		names: await namesOf(tx, body),
		items: items.map((one) => ({
			...one,
			sizes: sizesOf(one),
			remaining: remaining.get(one.id) ?? null,
			points: policy.points ? ((policy.items?.[one.id] ?? policy.everyItem)?.points ?? 0) : undefined
		}))
	};
}
export type FormOf = Awaited<ReturnType<typeof formOf>>;
export type OfferedItem = FormOf['items'][number];

/** What is written in a request so far, by the names of the boxes, and what was asked for when it came back. */
export async function writtenIn(tx: Reader, { id, plan, roster, changedAt, state }: typeof request.$inferSelect) {
	const lines = await linesOf(tx, id);
	const closed = await tx
		.select({ id: item.id, name: item.name, unit: item.unit })
		.from(itemClosing)
		.innerJoin(item, eq(item.id, itemClosing.item))
		.where(inArray(item.id, [...new Set(lines.map((line) => line.item))]));
	const backs = await tx
		.select({ words: requestDeed.words })
		.from(requestDeed)
		.where(and(eq(requestDeed.request, id), eq(requestDeed.deed, 'sendBack')))
		.orderBy(requestDeed.id);
	return {
		values: {
			plan,
			...(roster && { roster: 'on' }),
			...Object.fromEntries(lines.map((line) => [boxOf(line.item, line.size), String(line.asked)]))
		} as Record<string, string>,
		/** Asked for and no longer given out: shown, so that nothing vanishes without a word. */
		gone: closed.flatMap((one) =>
			lines.filter((line) => line.item === one.id).map((line) => ({ ...one, size: line.size }))
		),
		files: await tx
			.select({ id: attachment.id, name: attachment.name })
			.from(attachment)
			.where(eq(attachment.request, id))
			.orderBy(attachment.id),
		changedAt: changedAt.getTime(),
		sentBack: state === 'sentBack' ? (backs.at(-1)?.words ?? '') : undefined
	};
}
