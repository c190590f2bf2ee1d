/** Drafts of hand-overs on the phone, and what its own records have taken from the pack's numbers. */
import { Recording } from '#lib/patrols/recording.svelte.ts';
import { uuid } from '#lib/sync/protocol.ts';
import type { Finish, OpLine, Store } from '#lib/sync/store.ts';
import type { Pack } from '#lib/watches/pack.ts';
import { handKind, handOf, type Hand } from './hand.ts';
import { receivePayload, type ReceivePayload } from './handover.ts';

const kind = 'equipment.receive';

/** Opens the draft about the same thing, or begins one with what `blank` gives. */
export async function openHand(
	store: Store,
	same: (hand: Hand) => boolean,
	blank: () => Promise<Hand | undefined> | Hand | undefined
): Promise<Recording<Hand> | undefined> {
	const kept = (await store.drafts()).find((one) => one.kind === handKind && same(one.data as unknown as Hand));
	if (kept) return new Recording(store, kept.id, kept.data as unknown as Hand, kept.revision, handKind);
	const hand = await blank();
	return hand && new Recording(store, uuid(Date.now()), hand, 0, handKind);
}

/** What a record of this phone said, to be mended; undefined where the pack does not know its request any more. */
export async function mending(store: Store, pack: Pack, op: string): Promise<Hand | undefined> {
	const read = receivePayload.safeParse(await store.payload(op));
	const of = read.success && pack.handovers?.find((one) => one.id === read.data.request);
	return read.success && of ? handOf(read.data, of, op) : undefined;
}

/** Hand-overs recorded here that the pack cannot know: on their way, or arrived since it was made. */
export async function takenHere(
	store: Store,
	ops: readonly OpLine[],
	erased: readonly string[],
	packAt: Date | undefined
): Promise<ReceivePayload[]> {
	const own = ops.filter(
		(op) =>
			op.kind === kind &&
			!erased.includes(op.id) &&
			(op.state === 'queued' ||
				op.state === 'held' ||
				(op.state === 'delivered' &&
					op.outcome?.is === 'accepted' &&
					op.receivedAt !== undefined &&
					packAt !== undefined &&
					op.receivedAt > packAt))
	);
	const found = await Promise.all(own.map(async (op) => receivePayload.safeParse(await store.payload(op.id))));
	return found.flatMap((read) => (read.success ? [read.data] : []));
}

/** The op a finished hand-over becomes: in the name of the clerk's section. */
export function finishOf(pack: Pack, hand: Hand, payload: ReceivePayload, summary: string): Finish {
	const body = pack.bodies.find((one) => one.type === 'section') ?? pack.bodies[0];
	if (!body) throw new Error('a phone without a body hands nothing over');
	return {
		kind,
		kv: 1,
		body: { type: body.type, id: body.id },
		payload,
		summary,
		...(hand.base && { base: hand.base })
	};
}
