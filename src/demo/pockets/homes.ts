/** Invented refuge homes: names, shops, places. Nobody and nothing of it exists. Deterministic. */
import type { Hours } from '#lib/pockets/hours.ts';
import type { Kind } from '#lib/pockets/pocket.ts';
import { centres, near } from '../places.ts';
import { demoSchools } from '../town.ts';

/** A small generator of numbers that look random and are the same on every machine (mulberry32). */
function dice(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}
const pick = <T>(of: readonly T[], roll: number): T => of[Math.floor(roll * of.length)]!;

const families = [
	['佐々木', 'ささき'],
	['髙橋', 'たかはし'],
	['𠮷田', 'よしだ'],
	['小林', 'こばやし'],
	['山﨑', 'やまざき'],
	['渡邉', 'わたなべ'],
	['松本', 'まつもと'],
	['井上', 'いのうえ'],
	['清水', 'しみず'],
	['斎藤', 'さいとう'],
	['橋本', 'はしもと'],
	['石川', 'いしかわ'],
	['前田', 'まえだ'],
	['岡田', 'おかだ'],
	['長谷川', 'はせがわ'],
	['後藤', 'ごとう']
] as const;
const given = ['和子', '正雄', '恵子', '進', '由美', '茂', '洋子', '明', '節子', '隆', '幸子', '実'] as const;
const trades: readonly (readonly [string, string])[] = [
	['青果店', 'せいかてん'],
	['ベーカリー', 'べーかりー'],
	['理容室', 'りようしつ'],
	['書店', 'しょてん'],
	['クリーニング', 'くりーにんぐ'],
	['文具店', 'ぶんぐてん'],
	['酒店', 'さけてん']
];
const offices: readonly (readonly [string, string])[] = [
	['工務店', 'こうむてん'],
	['不動産', 'ふどうさん'],
	['設計事務所', 'せっけいじむしょ'],
	['自動車整備', 'じどうしゃせいび']
];

/** Towns (町丁目) with the school districts they lie in. */
const towns = [
	{ name: '本町一丁目', at: centres.honcho1, schools: ['first', 'minami'] },
	{ name: '本町五丁目', at: centres.honcho5, schools: ['honcho'] },
	{ name: '前原町三丁目', at: centres.maehara3, schools: ['maehara', 'minami'] },
	{ name: '緑町四丁目', at: centres.midori4, schools: ['midori'] },
	{ name: '貫井北町三丁目', at: centres.nukuiKita3, schools: ['second'] },
	{ name: '東町四丁目', at: centres.higashi4, schools: ['higashi'] },
	{ name: '桜町二丁目', at: centres.sakura2, schools: ['fourth'] },
	{ name: '梶野町五丁目', at: centres.kajino5, schools: ['third'] },
	{ name: '中町三丁目', at: centres.naka3, schools: ['first'] },
	{ name: '関野町一丁目', at: centres.sekino1, schools: ['third'] }
] as const;

const week = (days: readonly number[], from: string, to: string): Hours =>
	[0, 1, 2, 3, 4, 5, 6].map((day) => (days.includes(day) ? { from, to } : null));
const workdays = [1, 2, 3, 4, 5];
const hours: Record<Kind, readonly Hours[]> = {
	home: [
		week(workdays, '14:00', '18:00'),
		week([1, 3, 5], '13:00', '17:30'),
		week([0, 1, 2, 3, 4, 5, 6], '09:00', '19:00')
	],
	shop: [week([1, 2, 4, 5, 6, 0], '10:00', '19:00'), week([1, 2, 3, 4, 5, 6], '09:00', '18:30')],
	business: [week(workdays, '09:00', '18:00')],
	facility: [week([0, 2, 3, 4, 5, 6], '09:00', '17:00')],
	medical: [week([1, 2, 4, 5], '09:00', '18:00')]
};
const closed: Record<Kind, string | null> = {
	home: null,
	shop: '水曜定休、年末年始',
	business: '土・日・祝日',
	facility: '月曜（祝日のときは翌日）、年末年始',
	medical: '水・土午後・日・祝日'
};

function called(kind: Kind, roll: () => number, town: string): { name: string; kana: string; contact: string | null } {
	const [family, kana] = pick(families, roll());
	const person = `${family} ${pick(given, roll())}`;
	if (kind === 'home') return { name: person, kana, contact: null };
	if (kind === 'facility') return { name: `${town}集会所`, kana: 'しゅうかいじょ', contact: '管理人' };
	if (kind === 'medical') return { name: `${family}内科クリニック`, kana: `${kana}ないかくりにっく`, contact: '受付' };
	const [trade, tradeKana] = pick(kind === 'shop' ? trades : offices, roll());
	return { name: `${family}${trade}`, kana: `${kana}${tradeKana}`, contact: person };
}

/** The n-th home of this kind; the same for the same n. */
export function homeOf(n: number, kind: Kind) {
	const roll = dice(n * 7919 + 17);
	const town = pick(towns, roll());
	const [lat, lng] = near(town.at, (roll() - 0.5) * 640, (roll() - 0.5) * 640);
	return {
		kind,
		...called(kind, roll, town.name),
		town: town.name,
		address: `${100 + Math.floor(n / 9)}番地の${(n % 9) + 1}`,
		phone: `042-000-${String(2000 + n).padStart(4, '0')}`,
		school: demoSchools[pick(town.schools, roll())].id,
		lat,
		lng,
		hours: pick(hours[kind], roll()),
		closed: closed[kind],
		/** For everything else that is to look by chance. */
		roll
	};
}
