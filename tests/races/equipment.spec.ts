import Database from 'better-sqlite3';
import { expect, test } from '@playwright/test';
import { newId } from '#lib/server/db/ids.ts';
import { startServer } from '../journeys/server.ts';
import type { Press } from '../press.ts';
import { pressAtOnce } from '../pressers.ts';
import { town } from '../people.ts';
import { EACH, storeCrowd, type StoreCrowd, type Waiting } from '../store-crowd.ts';

const PROCESSES = 6;
/** Forms for each request; MOVES=10000 is the whole round. */
const FORMS = 20;
const requests = Math.floor(Number(process.env.MOVES || 1_000) / FORMS);
const ITEMS = 4;
/** Each item stands in half of the requests with four pieces: two for each request there is. There is less than that. */
const pieces = Math.ceil(requests * 1.5);

const fields = (values: Record<string, string>) => new URLSearchParams(values).toString();
const of = <T>(all: readonly T[], n: number) => all[n % all.length]!;

/** The decision, from two desks at once. */
const deciding = ({ cookies }: StoreCrowd, { id, seen, items }: Waiting): Press[] =>
	[0, 1].map((n) => ({
		cookie: of(cookies.approver, n),
		path: `/equipment/requests/${id}/decision?/decide`,
		body: fields({
			seen: String(seen),
			words: '',
			override: '特に認める',
			...Object.fromEntries(items.map((item) => [`n:${item}:`, String(EACH)]))
		}),
		name: `decide ${id}`
	}));

/** More hand-overs than there are pieces, a piece or two at a time, some of them sent twice. */
function handing({ cookies, today }: StoreCrowd, { id, items }: Waiting): Press[] {
	const ids = Array.from({ length: 12 }, () => newId());
	return [...ids, ids[0]!, ids[5]!].map((handover, n) => ({
		cookie: of(cookies.safety, n),
		path: `/equipment/requests/${id}/handover?/hand`,
		body: fields({ id: handover, on: today, receivedBy: '髙橋 𠮷子', [`n:${of(items, n)}:`]: String(1 + (n % 2)) }),
		name: `hand ${handover}`
	}));
}

/** Somebody takes pieces out of the store by hand, and what is free is reserved for whoever waits. */
const atTheStore = ({ cookies, today, items }: StoreCrowd, n: number): Press[] => [
	{
		cookie: of(cookies.safety, n),
		path: `/equipment/items/${of(items, n)}?/move`,
		body: fields({ kind: 'issued', size: '', pieces: '1', on: today, reason: '訓練で使用' }),
		name: 'move'
	},
	{ cookie: of(cookies.safety, n + 1), path: '/equipment/picking?/reserve', body: '', name: 'reserve' }
];

/** The leader asks for more, twice at the same moment. */
function asking({ cookies }: StoreCrowd, { items }: Waiting, association: string): Press[] {
	const id = newId();
	return [0, 1].map((n) => ({
		cookie: of(cookies.leader, n),
		path: '/equipment/requests/new',
		body: fields({ id, association, plan: '朝の見守り', as: 'send', [`n:${items[0]}:`]: '2' }),
		name: `ask ${id}`
	}));
}

/** Hand-overs follow some way behind the decision of their request, so that most find something and some come too early. */
function forms(crowd: StoreCrowd): Press[] {
	const { waiting } = crowd;
	const behind = Math.min(8, requests - 1);
	return waiting.flatMap((one, n) => [
		...deciding(crowd, one),
		...handing(crowd, waiting.at(n - behind)!),
		...atTheStore(crowd, n),
		...asking(crowd, one, town.associations.honcho)
	]);
}

test('six processes decide, hand over and ask at once: no piece is promised or given twice, no number is given twice or missing', async () => {
	test.setTimeout(900_000);
	const crowd = await storeCrowd({ requests, items: ITEMS, pieces });
	const server = await startServer(crowd.file, { LOG_LEVEL: 'warn' });
	try {
		const all = forms(crowd);
		expect(all).toHaveLength(requests * FORMS);
		const answers = await pressAtOnce(
			Array.from({ length: PROCESSES }, (_, p) => ({
				port: server.port,
				tries: all.filter((_, n) => n % PROCESSES === p),
				atOnce: 8,
				enhanced: true
			}))
		);
		expect(answers.flatMap((one) => one.other)).toEqual([]);
		const done = answers.flatMap((one) => one.done);
		const things = (deed: string) => [
			...new Set(done.flatMap((name) => (name.startsWith(`${deed} `) ? [name.slice(deed.length + 1)] : [])))
		];
		await server.stop();
		const file = new Database(server.database, { readonly: true });
		const rows = (sql: string) => file.prepare(sql).all();
		const value = (sql: string) => file.prepare(sql).pluck().get();
		const column = (sql: string) => file.prepare(sql).pluck().all();

		// What was answered is what is there.
		expect(done.filter((name) => name.startsWith('decide'))).toHaveLength(requests);
		expect(column('select id from handover').sort()).toEqual(things('hand').sort());
		expect(value("select count(*) from stock_movement where kind = 'issued' and handover is null")).toBe(
			done.filter((name) => name === 'move').length
		);
		expect(things('ask')).toHaveLength(requests);

		// The ledger: each line follows from the one before, and its sum is what lies there.
		expect(
			rows(`select id from (select id, after, sum(pieces) over (partition by item, size order by id) as sum
				from stock_movement) where after <> sum or after < 0`)
		).toEqual([]);
		expect(
			rows(`select * from stock where onHand <> (select sum(pieces) from stock_movement line
					where line.item = stock.item and line.size = stock.size)
				or allocated <> (select coalesce(sum(allocated), 0) from request_line line
					where line.item = stock.item and line.size = stock.size)
				or allocated < 0 or onHand < allocated`)
		).toEqual([]);
		expect(rows('select * from request_line where asked < approved or approved < allocated + handed')).toEqual([]);
		// What a request was handed stands on its hand-overs, and they stand in the ledger.
		expect(
			rows(`select line.request from request_line line where handed <> coalesce((select sum(part.pieces) from handover_line part
				join handover on handover.id = part.handover where handover.request = line.request
				and handover.state = 'booked' and part.item = line.item), 0)`)
		).toEqual([]);
		expect(
			rows(`select part.handover from handover_line part left join stock_movement line on line.handover = part.handover
				and line.item = part.item group by part.handover, part.item having count(*) <> 1 or sum(line.pieces) is not -part.pieces`)
		).toEqual([]);
		expect(value('select count(*) from request')).toBe(2 * requests);
		expect(column('select receiptNo from request order by receiptNo')).toEqual(
			Array.from({ length: 2 * requests }, (_, n) => n + 1)
		);
		expect(value("select count(*) from request_deed where deed = 'approve'")).toBe(requests);
		// Was it a race for something scarce at all?
		expect(value('select sum(handed) from request_line')).toBeGreaterThan(requests);
		expect(value('select count(*) from request_line where approved > allocated + handed')).toBeGreaterThan(0);
		file.close();
	} finally {
		await server.remove();
		crowd.remove();
	}
});
