/** What was noticed in the invented town in the last weeks, and how far the sections have got with it. */
import { addDays, instantOf } from '#lib/calendar/day.ts';
import type { FindingStep } from '#lib/patrols/finding.ts';
import type { FindingKind } from '#lib/patrols/log.ts';
import { finding, findingAnswer, findingDesk, findingPhoto } from '#lib/patrols/tables.server.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { demoId, town } from '../people.ts';
import type { Body, Person } from './spec.ts';

const of = town.municipality;
type Section = keyof typeof town.sections;

/** 街路灯→交通対策課, 道路→道路管理課, 公園・樹木・不法投棄→環境政策課; the rest stays with 地域安全課. */
const desks: Partial<Record<FindingKind, Section>> = {
	streetLamp: 'traffic',
	bicycles: 'traffic',
	road: 'roads',
	plants: 'environment',
	dumping: 'environment'
};

type Noticed = {
	kind: FindingKind;
	body: Body;
	by: Person;
	daysAgo: number;
	place: string;
	note: string;
	lamp?: string;
	spot?: [lat: number, lng: number];
	photo?: boolean;
	answers?: [step: FindingStep, words: string, to?: Section][];
};

const noticed: Noticed[] = [
	{
		kind: 'streetLamp',
		body: 'midori',
		by: 'hayashi',
		daysAgo: 1,
		place: '緑町四丁目の公園 南側の入口',
		note: '消えたままです。',
		lamp: '緑-4-112',
		spot: [35.7057, 139.5182],
		photo: true
	},
	{
		kind: 'streetLamp',
		body: 'honcho',
		by: 'volunteer',
		daysAgo: 3,
		place: '本町五丁目 交差点の北',
		note: '点いたり消えたりしています。',
		lamp: '本-5-031',
		spot: [35.7019, 139.5041],
		answers: [['inProgress', '業者に交換を頼みました。']]
	},
	{
		kind: 'plants',
		body: 'honcho',
		by: 'tanaka',
		daysAgo: 5,
		place: '通学路のかど、生け垣',
		note: '車から子どもが見えません。',
		spot: [35.7024, 139.5056]
	},
	{
		kind: 'dumping',
		body: 'nukui',
		by: 'murakami',
		daysAgo: 6,
		place: '貫井北町三丁目 集積所の裏',
		note: '家具が捨てられています。',
		spot: [35.7092, 139.4936],
		answers: [['done', '回収しました。']]
	},
	{
		kind: 'road',
		body: 'maehara',
		by: 'maeda',
		daysAgo: 8,
		place: '前原町三丁目 坂の途中のカーブミラー',
		note: '向きが変わっています。',
		spot: [35.6954, 139.5071],
		answers: [
			['inProgress', '現地を見ます。'],
			['done', '向きを直しました。']
		]
	},
	{
		kind: 'vacantHouse',
		body: 'azuma',
		by: 'azumaLeader',
		daysAgo: 9,
		place: '東町四丁目',
		note: '門が開いたままです。',
		answers: [['passedOn', '環境の担当です。', 'environment']]
	},
	{
		kind: 'graffiti',
		body: 'honcho',
		by: 'sasaki',
		daysAgo: 12,
		place: '高架下の壁',
		note: '新しい落書きがあります。',
		answers: [['notPossible', '鉄道会社の持ち物のため、会社に伝えました。']]
	},
	{
		kind: 'bicycles',
		body: 'nukui',
		by: 'endo',
		daysAgo: 15,
		place: '商店会の入口',
		note: '5台ほど置かれたままです。',
		answers: [['done', '撤去しました。']]
	},
	{
		kind: 'camera',
		body: 'pta',
		by: 'ptaLeader',
		daysAgo: 2,
		place: '本町小学校 西門の通学路カメラ',
		note: '下を向いています。'
	},
	{
		kind: 'other',
		body: 'maehara',
		by: 'fujita',
		daysAgo: 20,
		place: '前原町三丁目 歩道橋',
		note: '階段の明かりが暗い。',
		answers: [['passedOn', '街路灯の担当へ。', 'traffic']]
	}
];

export async function seedFindings(tx: Tx, today: string): Promise<void> {
	await tx.insert(findingDesk).values(
		Object.entries(desks).map(([kind, section]) => ({
			municipality: of,
			kind: kind as FindingKind,
			section: town.sections[section]
		}))
	);
	for (const [n, one] of noticed.entries()) await write(tx, one, demoId('patrols', 2, n + 1), today);
}

async function write(tx: Tx, one: Noticed, id: string, today: string): Promise<void> {
	const onDay = addDays(today, -one.daysAgo);
	let section = town.sections[desks[one.kind] ?? 'safety'];
	await tx.insert(finding).values({
		id,
		municipality: of,
		association: town.associations[one.body],
		section,
		by: town.people[one.by],
		kind: one.kind,
		lamp: one.lamp ?? null,
		place: one.place,
		lat: one.spot?.[0] ?? null,
		lng: one.spot?.[1] ?? null,
		note: one.note,
		onDay,
		at: instantOf(onDay, '20:05')
	});
	// The phone of a demo log never sent its photo: the page shows that one is still on its way.
	if (one.photo) await tx.insert(findingPhoto).values({ finding: id, sha256: 'c0'.repeat(32), municipality: of });
	for (const [n, [step, words, to]] of (one.answers ?? []).entries()) {
		if (to) section = town.sections[to];
		const by = section === town.sections.traffic ? town.people.officer : town.people.safety;
		const at = instantOf(addDays(onDay, Math.min(n + 1, one.daysAgo)), '10:30');
		await tx
			.insert(findingAnswer)
			.values({ finding: id, number: n + 1, municipality: of, step, section, words, by, at });
	}
}
