/** The receiver in a unit test: a person's phone, its pushes, and what was answered. */
import { beforeEach } from 'vitest';
import type { Actor } from '#lib/people/permissions.ts';
import { answerSchema, thaw, type Answer, type Op, type Push } from '#lib/sync/protocol.ts';
import { receive } from '#lib/sync/receive.server.ts';
import { openTown } from './open-town.ts';
import { town } from './people.ts';
import { moment, phone, type Phone } from './phone.ts';

export const today = '2025-11-27';
export const honcho = { type: 'association', id: town.associations.honcho } as const;

/** Filled before each test of a file that calls `openReceiver`: the volunteer's phone, new. */
export const my = {} as { phone: Phone };

/** A fresh database with both towns for one test file, and a new phone of the volunteer for each test. */
export function openReceiver() {
	const people = openTown(today, ['volunteer', 'leader'] as const);
	beforeEach(() => {
		my.phone = phone(people.volunteer.person, honcho);
	});
	return people;
}

/** Receives a push that is taken. */
export async function send(actor: Actor, push: Push, now = moment, session?: string): Promise<Answer> {
	const answer = await receive(actor, push, now, (code) => code, session);
	if (typeof answer === 'string') throw new Error(answer);
	return answerSchema.parse(answer);
}

export const idOf = (op: Op) => thaw(op.bytes)!.id;
/** What became of each op, in a word or two. */
export const is = (answer: Answer) =>
	answer.results.map((one) => ('outcome' in one ? `${one.s} ${one.outcome.is}` : one.s));
