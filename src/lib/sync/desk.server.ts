/** The desk at which one push is sorted: what is known, what is new, what contradicts; then decided in the phone's order. */
import { and, desc, eq } from 'drizzle-orm';
import type { Actor } from '#lib/people/permissions.ts';
import { among } from '#lib/server/db/among.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { insertRow } from '#lib/server/db/insert.ts';
import { decide, release, type Decided, type Stored } from './apply.server.ts';
import { corrected } from './clock.ts';
import { foreignStores, knownIds, takenPlaces, voidedAmong, type Examined } from './known.server.ts';
import type { Bytes, Op, Outcome, Push, Result } from './protocol.ts';
import { promised, signature, type Self } from './self.server.ts';
import { standing } from './standing.server.ts';
import {
	syncOp,
	syncOpBlob,
	syncOutcome,
	syncPayload,
	syncPlace,
	syncQuarantine,
	type OpFlag
} from './tables.server.ts';

/** The sentence for a key of the words, in the language of the request. */
export type Say = (code: string, params?: Record<string, string | number>) => string;

/** One push being sorted: what is known, what is new, what contradicts. */
export class Desk {
	readonly #tx: Tx;
	readonly #actor: Actor;
	readonly #push: Push;
	readonly #self: Self;
	readonly #now: Date;
	lastNo: number;

	constructor(tx: Tx, actor: Actor, push: Push, self: Self, now: Date) {
		this.#tx = tx;
		this.#actor = actor;
		this.#push = push;
		this.#self = self;
		this.#now = now;
		this.lastNo = self.lastNo;
	}

	async take(ops: Examined[], say: Say): Promise<Result[]> {
		const byId = await knownIds(this.#tx, ops);
		const byPlace = await takenPlaces(this.#tx, ops);
		const foreign = await foreignStores(this.#tx, this.#actor, this.#push, ops);
		const fresh: { stored: Stored; content: Bytes; op: Op }[] = [];
		const plain = new Map<Examined, Result>();
		const refer = new Map<Examined, { no: number; s: 'stored' | 'duplicate' }>();
		for (const one of ops) {
			const { op, content } = one;
			const place = `${op.device} ${op.epoch} ${op.seq}`;
			if (!content) plain.set(one, { s: 'corrupt', hash: op.hash });
			else if (content.author !== this.#actor.person) plain.set(one, await this.#foreign(op, content, say));
			else if (foreign.has(`${op.device} ${op.epoch}`))
				plain.set(one, { s: 'conflict', hash: op.hash, no: await this.#quarantine(op, content, 'device') });
			else {
				const known = byId.get(content.id);
				if (known?.hash === op.hash) {
					refer.set(one, { no: known.no, s: 'duplicate' });
					// It had come by another way (an emergency copy): its place here is no gap.
					if (!byPlace.has(place)) await this.#take(op);
				} else if (known || byPlace.has(place)) {
					const no = await this.#quarantine(op, content, known ? 'id' : 'order');
					plain.set(one, { s: 'conflict', hash: op.hash, no });
				} else {
					const stored = this.#row(op, content);
					fresh.push({ stored, content, op });
					byId.set(content.id, stored);
					byPlace.add(place);
					refer.set(one, { no: stored.no, s: 'stored' });
				}
			}
		}
		await this.#insert(fresh);
		const decided = await this.#decideAll(fresh);
		const outcomes = await this.#outcomes(
			[...refer.values()].map((one) => one.no),
			decided
		);
		return ops.map((one) => {
			const ready = plain.get(one);
			if (ready) return ready;
			const { no, s } = refer.get(one)!;
			const outcome = spoken(outcomes.get(no) ?? { is: 'waiting' }, say);
			// What was refused is no promise, so only an accepted op is signed.
			const sig = outcome.is === 'accepted' ? { sig: signature(this.#self, no, one.op.hash) } : {};
			return { s, hash: one.op.hash, no, outcome, ...sig };
		});
	}

	#row(op: Op, content: Bytes): Stored {
		const { at, flags } = corrected(
			content,
			{ at: this.#push.sentAt, mono: this.#push.mono, boot: this.#push.boot },
			this.#now
		) as { at: Date; flags: OpFlag[] };
		if (promised(this.#self, op.hash, op.receipt)) flags.push('promised');
		const voids = content.kind === 'void' ? Number(content.payload.seq) : NaN;
		return {
			no: ++this.lastNo,
			id: content.id,
			municipality: this.#actor.municipality,
			hash: op.hash,
			device: op.device,
			epoch: op.epoch,
			seq: op.seq,
			author: content.author,
			bodyType: content.body.type,
			body: content.body.id,
			kind: content.kind,
			kv: content.kv,
			base: content.base ?? null,
			voids: Number.isSafeInteger(voids) && voids > 0 && voids < op.seq ? voids : null,
			at,
			receivedAt: this.#now,
			flags: flags.length > 0 ? flags : null
		};
	}

	async #insert(fresh: { stored: Stored; content: Bytes; op: Op }[]): Promise<void> {
		if (fresh.length === 0) return;
		const municipality = this.#actor.municipality;
		for (const { stored, op } of fresh) {
			insertRow(this.#tx, syncOp, stored);
			insertRow(this.#tx, syncPayload, { op: stored.no, municipality, bytes: op.bytes });
		}
		const blobs = fresh.flatMap(({ stored, content }) =>
			[...new Set(content.blobs)].map((sha256) => ({ municipality, op: stored.no, sha256 }))
		);
		if (blobs.length > 0) await this.#tx.insert(syncOpBlob).values(blobs);
	}

	/** In the order the phone made them, then whatever had waited for them. */
	async #decideAll(fresh: { stored: Stored; content: Bytes }[]): Promise<Map<number, Decided>> {
		const stands = standing(this.#tx);
		const ids = fresh.map(({ stored }) => stored.id);
		const voided = await voidedAmong(this.#tx, this.#actor.person, ids);
		const decided = new Map<number, Decided>();
		for (const { stored, content } of fresh.toSorted((a, b) => a.stored.seq - b.stored.seq))
			decided.set(stored.no, await decide(this.#tx, this.#actor, stored, content, stands, voided.has(stored.id)));
		const settled = fresh.filter(({ stored }) => decided.get(stored.no)!.is !== 'waiting');
		const freed = await release(
			this.#tx,
			settled.map(({ stored }) => stored.id),
			stands,
			this.#now
		);
		for (const [no, outcome] of freed) decided.set(no, outcome);
		await writeOutcomes(this.#tx, this.#actor.municipality, decided, this.#now);
		return decided;
	}

	/** The current outcome of each number: decided just now, or the latest row. */
	async #outcomes(numbers: number[], decided: Map<number, Decided>): Promise<Map<number, Decided>> {
		const known = numbers.filter((no) => !decided.has(no));
		if (known.length === 0) return decided;
		const rows = await this.#tx
			.select()
			.from(syncOutcome)
			.where(among(syncOutcome.op, known))
			.orderBy(desc(syncOutcome.no));
		const latest = new Map<number, Decided>(decided);
		for (const row of rows) if (!latest.has(row.op)) latest.set(row.op, row);
		return latest;
	}

	/** Sent in another person's name: kept as evidence, without effect, and without taking that person's id. */
	async #foreign(op: Op, content: Bytes, say: Say): Promise<Result> {
		const no = await this.#quarantine(op, content, 'author');
		const outcome = spoken({ is: 'rejected', code: 'error_sync_author', fix: 'none' }, say);
		return { s: 'stored', hash: op.hash, no, outcome };
	}

	/** Its place in the phone's order is taken, although no op of ours stands there. Only in the sender's own order. */
	async #take({ device, epoch, seq }: Op): Promise<void> {
		if (device !== this.#push.device || epoch !== this.#push.epoch) return;
		const municipality = this.#actor.municipality;
		await this.#tx.insert(syncPlace).values({ municipality, device, epoch, seq }).onConflictDoNothing();
	}

	async #quarantine(op: Op, content: Bytes, reason: (typeof syncQuarantine.$inferInsert)['reason']): Promise<number> {
		const place = { device: op.device, epoch: op.epoch, seq: op.seq };
		const sender = this.#actor.person;
		const [kept] = await this.#tx
			.select({ no: syncQuarantine.no })
			.from(syncQuarantine)
			.where(
				and(
					eq(syncQuarantine.sender, sender),
					eq(syncQuarantine.hash, op.hash),
					eq(syncQuarantine.device, place.device),
					eq(syncQuarantine.epoch, place.epoch),
					eq(syncQuarantine.seq, place.seq)
				)
			);
		if (kept) return kept.no;
		await this.#take(op);
		const no = ++this.lastNo;
		await this.#tx.insert(syncQuarantine).values({
			no,
			municipality: this.#actor.municipality,
			reason,
			id: content.id,
			hash: op.hash,
			...place,
			sender,
			bytes: op.bytes,
			receivedAt: this.#now
		});
		return no;
	}
}

/** Adds to the history of outcomes. */
export async function writeOutcomes(
	tx: Tx,
	municipality: string,
	decided: Map<number, Decided>,
	at: Date
): Promise<void> {
	for (const [op, { is, code, params, field, fix }] of decided)
		insertRow(tx, syncOutcome, { municipality, op, is, code, params, field, fix, at });
}

/** A code without words must not hold up the push; the code itself goes along. */
function sentenceOf(decided: Decided, say: Say): { message?: string } {
	try {
		return { message: say(decided.code ?? '', decided.params ?? {}) };
	} catch {
		return {};
	}
}

function spoken(decided: Decided, say: Say): Outcome {
	return {
		is: decided.is,
		...(decided.code && { code: decided.code, ...sentenceOf(decided, say) }),
		...(decided.field && { field: decided.field }),
		...(decided.fix && { fix: decided.fix })
	};
}
