/** Answers of 継続確認 given on this phone. */
import type { Finish, OpLine, Store } from '#lib/sync/store.ts';
import type { Pack } from '#lib/watches/pack.ts';
import { confirmKind, confirmPayload, type ConfirmPayload } from './confirmation.ts';
import type { PackVisits } from './visiting.ts';

/** What the pack cannot know: on its way, or arrived since it was made. The oldest first. */
export async function saidHere(
	store: Store,
	ops: readonly OpLine[],
	erased: readonly string[],
	packAt: Date | undefined
): Promise<ConfirmPayload[]> {
	const own = ops.filter(
		({ id, kind, state, receivedAt }) =>
			kind === confirmKind &&
			!erased.includes(id) &&
			(state === 'queued' ||
				state === 'held' ||
				(state === 'delivered' && receivedAt !== undefined && packAt !== undefined && receivedAt > packAt))
	);
	const found = await Promise.all(own.map(async (op) => confirmPayload.safeParse(await store.payload(op.id))));
	return found.flatMap((read) => (read.success ? [read.data] : [])).toReversed();
}

/** The op of an answer: in the name of the school for its contact, else of the own body that walks there. */
export function finishOf(pack: Pack, list: PackVisits, payload: ConfirmPayload, summary: string): Finish | undefined {
	const school = list.as === 'school' ? pack.schools?.find((one) => one.id === list.school) : undefined;
	const walks = pack.bodies.find((one) => one.type === 'association');
	const body = school ? { type: 'school' as const, id: school.id } : walks && { type: walks.type, id: walks.id };
	return body && { kind: confirmKind, kv: 1, body, payload, summary };
}
