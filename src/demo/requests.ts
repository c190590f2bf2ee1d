/**
 * The requests of the invented town. Two fiscal years are those of the city's printed figures (12 bodies 299 pieces, 4 bodies 18
 * pieces); this year's stand in every state a request can be in. Made through the verbs, each on its day.
 */
import { addDays, instantOf } from '#lib/calendar/day.ts';
import { fiscalYearStart } from '#lib/calendar/fiscal-year.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { saveWithFiles } from '#lib/equipment/attachments.server.ts';
import { decideAsPrepared, prepare } from '#lib/equipment/decisions.server.ts';
import { handOver } from '#lib/equipment/handovers.server.ts';
import { setPolicy } from '#lib/equipment/policies.server.ts';
import { sendBack, withdraw } from '#lib/equipment/requests.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { planFiles, signatureOf } from './enclosures.ts';
import type { DemoEvent } from './equipment.ts';
import { demoId } from './ids.ts';
import { demoPeople, town } from './town.ts';

type Body = keyof typeof town.associations;
type Pieces = Readonly<Partial<Record<string, number>>>;
/** Days are counted from `sent`. What is not said has not happened. */
type Row = {
	body: Body;
	asks: Pieces;
	sent?: string;
	/** Granted, where it is less than asked, and why. */
	gives?: Pieces;
	why?: string;
	prepared?: string;
	decided?: string;
	handed?: string;
	dueOn?: string;
	ends?: 'withdrawn' | 'sentBack';
	plan?: string;
	/** The receiver signs with a finger. Before, a typed name was enough. */
	signs?: boolean;
	/** The plan of activities comes along as a paper and a picture. */
	encloses?: boolean;
};

/** 令和5年度: 12 bodies, 299 pieces. */
const fy2023: readonly [Body, Pieces][] = [
	['honcho', { vest: 20, armband: 20 }],
	['midori', { vest: 15, armband: 15, light: 5 }],
	['kajino', { vest: 12, armband: 12, cap: 8 }],
	['nukuiKita', { vest: 10, cap: 10, whistle: 10 }],
	['azuma', { vest: 8, armband: 10, crossing: 10 }],
	['maehara', { cap: 10, whistle: 10, light: 4, clapper: 2 }],
	['sakura', { vest: 12, armband: 12 }],
	['motomachi', { whistle: 12, crossing: 10 }],
	['maeharaMinami', { cap: 10, vest: 10 }],
	['naka', { armband: 8, crossing: 10 }],
	['sekino', { vest: 10, banner: 4 }],
	['nukui', { torch: 5, light: 5 }]
];
const past: readonly Row[] = [
	...fy2023.map(([body, asks], n): Row => {
		const sent = addDays('2023-05-08', n * 5);
		return { body, asks, sent, prepared: addDays(sent, 7), decided: addDays(sent, 9), handed: addDays(sent, 20) };
	}),
	// 令和6年度: 4 bodies, 18 pieces.
	...(
		[
			['honcho', { vest: 4, armband: 2 }, '2024-06-03', '2024-06-26'],
			['midori', { light: 4 }, '2024-07-08', '2024-07-31'],
			['maehara', { cap: 3, crossing: 2 }, '2024-09-02', '2024-09-20']
		] as const
	).map(([body, asks, sent, handed]): Row => ({
		body,
		asks,
		sent,
		prepared: addDays(sent, 5),
		decided: addDays(sent, 8),
		handed,
		signs: true
	})),
	{
		body: 'nukui',
		asks: { vest: 4, whistle: 1 },
		gives: { vest: 2 },
		why: '夜間の巡回に出る人数に合わせました',
		sent: '2024-10-07',
		prepared: '2024-10-10',
		decided: '2024-10-16',
		handed: '2024-11-01'
	},
	{
		body: 'kajino',
		asks: { megaphone: 1, light: 3 },
		gives: { megaphone: 0, light: 0 },
		why: '活動計画に夜間の巡回がありません',
		sent: '2024-11-05',
		prepared: '2024-11-11',
		decided: '2024-11-14'
	},
	{ body: 'azuma', asks: { banner: 3 }, sent: '2024-12-02', ends: 'withdrawn' },
	// Decided in March, handed over in April: counts in 令和7年度.
	{
		body: 'sakura',
		asks: { torch: 3 },
		sent: '2025-03-10',
		prepared: '2025-03-18',
		decided: '2025-03-25',
		handed: '2025-04-02'
	}
];

/** This year's, as of today: every state a clerk and a leader meet. */
function present(today: string): Row[] {
	const ago = (days: number) => addDays(today, -days);
	return [
		{
			body: 'midori',
			asks: { vest: 6, light: 5 },
			sent: ago(40),
			prepared: ago(36),
			decided: ago(34),
			handed: ago(20),
			signs: true
		},
		{
			body: 'pta',
			asks: { megaphone: 1 },
			sent: ago(30),
			prepared: ago(28),
			decided: ago(27),
			handed: ago(25),
			dueOn: addDays(today, 20),
			signs: true
		},
		{ body: 'maehara', asks: { vest: 5, crossing: 6 }, sent: ago(16), prepared: ago(12), decided: ago(9) },
		{ body: 'nukui', asks: { megaphone: 1, whistle: 6 }, sent: ago(9), prepared: ago(2) },
		{ body: 'kajino', asks: { torch: 20, light: 4 }, sent: ago(6) },
		{ body: 'naka', asks: { torch: 12 }, sent: ago(5) },
		{ body: 'sekino', asks: { torch: 8, banner: 2 }, sent: ago(4) },
		{ body: 'honcho', asks: { vest: 4, armband: 4 }, sent: ago(3), encloses: true },
		{ body: 'motomachi', asks: { cap: 12 }, sent: ago(3), ends: 'sentBack', why: '活動の曜日と時間を書いてください' },
		{ body: 'honcho', asks: { light: 2 } }
	];
}

const nobody = demoPeople.safety;
/** The leader of a body; where the town has none, somebody of it. */
function leaderOf(body: Body): Actor {
	const people = Object.entries(demoPeople) as [
		keyof typeof demoPeople,
		{ name: string; of?: readonly string[]; role?: { role: string; association?: string } }
	][];
	const [key, who] =
		people.find(([, one]) => one.role?.role === 'leader' && one.role.association === body) ??
		people.find(([, one]) => one.of?.includes(body)) ??
		(['safety', nobody] as const);
	return {
		municipality: town.municipality,
		person: town.people[key],
		name: who.name,
		grants: [{ role: 'leader', association: town.associations[body] }]
	};
}
const staff = (role: 'safety' | 'approver'): Actor => ({
	municipality: town.municipality,
	person: town.people[role],
	name: demoPeople[role].name,
	grants: [{ role }]
});

const plan = '毎週の登下校の見守りと、第2・第4土曜日の夜間パトロールで使います。';

/** Pieces of an item handed out before a day, so that the store can begin with enough. */
export const handedOutBefore = (key: string, day: string): number =>
	past
		.filter((row) => row.handed !== undefined && row.handed < day)
		.reduce((sum, { asks, gives }) => sum + ({ ...asks, ...gives }[key] ?? 0), 0);

/** 支給基準 of the town, and how many of each a body may ask for at once. */
export async function seedRules(tx: Tx, idOf: (key: string) => string): Promise<void> {
	const most = {
		vest: 20,
		armband: 20,
		cap: 20,
		light: 5,
		torch: 5,
		whistle: 20,
		clapper: 2,
		megaphone: 1,
		banner: 4,
		crossing: 10
	};
	const items = Object.fromEntries(
		Object.entries(most).map(([key, pieces]) => [idOf(key), { perRequest: { basis: 'fixed', pieces } as const }])
	);
	const policy = { registered: true, minMembers: 5, patrols: { perMonth: 1, overMonths: 12 }, items };
	await setPolicy(tx, staff('safety'), { policy, oneMayDoBoth: false }, instantOf(fiscalYearStart(2023), '08:00'));
}

/** Every step of every request, on its day. */
export function requestEvents(today: string, idOf: (key: string) => string): DemoEvent[] {
	return [...past, ...present(today)].flatMap((row, n) => {
		const id = demoId('equipment', 1, n + 1);
		const lines = (of: Pieces) =>
			Object.entries(of).map(([key, pieces = 0]) => ({ item: idOf(key), size: '', pieces }));
		const gives = { ...row.asks, ...row.gives };
		const steps: DemoEvent[] = [];
		const add = (on: string | undefined, time: string, happen: (tx: Tx, now: Date) => Promise<unknown>) => {
			if (on !== undefined) steps.push({ on, happen: (tx) => happen(tx, instantOf(on, time)) });
		};
		const as = row.sent ? 'send' : 'draft';
		const form = { id, association: town.associations[row.body], plan: row.plan ?? plan, roster: 'on', as } as const;
		add(row.sent ?? addDays(today, -1), '10:00', (tx, now) =>
			saveWithFiles(tx, leaderOf(row.body), form, lines(row.asks), row.encloses ? planFiles() : [], now)
		);
		if (row.ends === 'withdrawn') add(row.sent, '11:00', (tx, now) => withdraw(tx, leaderOf(row.body), id, now));
		if (row.ends === 'sentBack')
			add(row.sent, '15:00', (tx, now) => sendBack(tx, staff('safety'), id, row.why ?? '', now));
		const verdicts = Object.entries(row.asks).map(([key, asked = 0]) => ({
			item: idOf(key),
			size: '',
			pieces: gives[key] ?? asked,
			reason: (gives[key] ?? asked) < asked ? (row.why ?? '') : ''
		}));
		add(row.prepared, '13:00', (tx, now) =>
			prepare(tx, staff('safety'), id, { lines: verdicts, words: '', override: '担当課の確認による' }, now)
		);
		add(row.decided, '15:00', (tx, now) => decideAsPrepared(tx, staff('approver'), id, row.why ?? '', now));
		add(row.handed, '14:00', (tx, now) =>
			handOver(
				tx,
				staff('safety'),
				id,
				{
					id: newId(now.getTime()),
					on: row.handed!,
					receivedBy: leaderOf(row.body).name,
					...(row.signs && { signature: signatureOf(leaderOf(row.body).name) }),
					...(row.dueOn && { dueOn: row.dueOn })
				},
				lines(gives).filter((line) => line.pieces > 0),
				now
			)
		);
		return steps;
	});
}
