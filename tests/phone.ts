/** A phone in a test: makes ops and pushes by hand, exactly as they travel. */
import { freeze, uuid, type Body, type Bytes, type Op, type Push } from '#lib/sync/protocol.ts';

export type Phone = {
	device: string;
	epoch: string;
	person: string;
	/** The next op of this phone. */
	op(over?: Partial<Bytes>, place?: Partial<Op>): Promise<Op>;
	push(ops: Op[], over?: Partial<Push>): Push;
};

/** The moment everything in these tests happens, unless it says otherwise. */
export const moment = new Date('2025-11-27T20:30:00+09:00');

/** One person's phone, on whose behalf it records, and when it lives. */
export function phone(person: string, body: Body, now = moment): Phone {
	const device = uuid(now.getTime());
	const epoch = uuid(now.getTime());
	const boot = uuid(now.getTime());
	let seq = 0;
	return {
		device,
		epoch,
		person,
		async op(over = {}, place = {}) {
			const content: Bytes = {
				v: 1,
				id: uuid(now.getTime()),
				kind: 'test.fact',
				kv: 1,
				author: person,
				body,
				at: now.toISOString(),
				mono: 1000,
				boot,
				deps: [],
				blobs: [],
				payload: { note: '街路灯' },
				...over
			};
			return { device, epoch, seq: ++seq, ...(await freeze(content)), ...place };
		},
		push: (ops, over = {}) => ({
			p: 'mp-sync/1',
			app: 'test',
			device,
			epoch,
			sentAt: now.toISOString(),
			mono: 1000,
			boot,
			head: { lastSeq: seq, pending: ops.length, oldestAt: null },
			ops,
			...over
		})
	};
}

/** A log as a phone makes it: a walk of forty minutes that set out an hour ago. */
export function walk(from: Phone, over: Record<string, unknown> = {}, now = new Date()): Promise<Op> {
	const started = new Date(now.getTime() - 3_600_000);
	const payload = {
		programme: 'volunteerPatrol',
		jointly: [],
		on: new Date(started.getTime() + 9 * 3_600_000).toISOString().slice(0, 10),
		departedAt: started.toISOString(),
		finishedAt: new Date(started.getTime() + 2_400_000).toISOString(),
		people: [from.person],
		others: {},
		method: 'foot',
		metres: 1800,
		metresFrom: 'estimate',
		remarks: '',
		handOver: '',
		findings: [],
		typed: false,
		...over
	};
	return from.op({ kind: 'patrol.submit', at: now.toISOString(), payload });
}
