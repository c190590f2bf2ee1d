/** The phones of `field.ts`: pushes as told on standard input, and says on standard output what was answered. */
import { setTimeout as until } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { answerSchema, type Op } from '#lib/sync/protocol.ts';
import { phone, walk, type Phone } from '../phone.ts';
import { ask } from '../security/ask.ts';

export type Walker = { person: string; body: string; cookie: string };
export type Orders = {
	port: number;
	walkers: Walker[];
	/** So many pushes in all, the phones in turn, each with so many logs. */
	pushes: number;
	opsEach: number;
	/** Spread over so many milliseconds: one after the other in even steps, or whenever it happens. */
	within: number;
	evenly: boolean;
};
export type Gone = {
	/** Ops that were made. */
	sent: number;
	/** What the phones were told is stored: number by hash. */
	receipts: [hash: string, no: number][];
	/** Milliseconds from the moment a push was due to its answer, waits the server asked for left out. */
	took: number[];
	/** Answers 429 and 503. */
	later: number;
	/** Broken lines and other answers. */
	failed: number;
	/** Milliseconds until the last receipt. */
	ms: number;
};

const orders = JSON.parse(await text(process.stdin)) as Orders;
const origin = `http://localhost:${orders.port}`;
const gone: Gone = { sent: 0, receipts: [], took: [], later: 0, failed: 0, ms: 0 };
/** Why there was no answer, and how often. */
const reasons = new Map<string, number>();
const phones = orders.walkers.map(({ person, body, cookie }) => ({
	cookie,
	from: phone(person, { type: 'association', id: body }, new Date())
}));

/** Beginning when everybody is ready. */
const started = performance.now() + 2000;

/** One try. Milliseconds to wait before the next, or undefined when it is done. */
async function attempt(from: Phone, cookie: string, ops: Op[], due: number, failures: number) {
	const body = JSON.stringify(from.push(ops, { sentAt: new Date().toISOString() }));
	const headers = { 'content-type': 'application/json', 'x-mp-sync': '1', origin };
	const asked = { method: 'POST', path: '/api/v1/sync/push', cookie: `mp=${cookie}`, headers, body };
	let broken: unknown;
	const answer = await ask(orders, asked).catch((thrown: unknown) => void (broken = thrown));
	if (answer?.status === 200) {
		gone.took.push(performance.now() - due);
		for (const result of answerSchema.parse(JSON.parse(answer.body)).results)
			if ('outcome' in result && result.outcome.is === 'accepted') gone.receipts.push([result.hash, result.no]);
		return undefined;
	}
	if (answer?.status === 429 || answer?.status === 503) {
		gone.later++;
		return Number(answer.headers['retry-after']) * 1000;
	}
	gone.failed++;
	const why = String(answer?.status ?? (broken as Error).message);
	reasons.set(why, (reasons.get(why) ?? 0) + 1);
	// As the app does: no answer is asked for again after a chance time that grows.
	return Math.random() * Math.min(300_000, 2000 * 2 ** failures);
}

async function push(n: number): Promise<void> {
	let due = started + orders.within * (orders.evenly ? n / orders.pushes : Math.random());
	await until(due - performance.now());
	const { from, cookie } = phones[n % phones.length]!;
	const ops: Op[] = [];
	for (let k = 0; k < orders.opsEach; k++)
		ops.push(await walk(from, { remarks: `見守り ${n}-${k}。公園の西側が暗い。`, others: { children: 2 } }));
	gone.sent += ops.length;
	for (let failures = 0; ; failures++) {
		const wait = await attempt(from, cookie, ops, due, failures);
		if (wait === undefined) break;
		await until(wait);
		due = performance.now();
	}
}

await Promise.all(Array.from({ length: orders.pushes }, (_, n) => push(n)));
gone.ms = performance.now() - started;
if (reasons.size > 0) console.error('no receipt:', Object.fromEntries(reasons));
process.stdout.write(JSON.stringify(gone));
