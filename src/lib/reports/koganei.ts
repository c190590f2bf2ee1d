/**
 * The shipped example: the measures of Koganei's crime-prevention guideline with their sections, and the wording of their generated lines.
 * A city starts from it or from nothing, and changes it as its own. Chapters, headings, names and sections are public facts of the plan; the
 * sentences of 施策の内容 and the lines of typed figures are ours. Pure.
 */
import type { TypedBasis } from './measure.ts';

type ExampleLine = { section: string; words: string; hangsOn?: string };
export type ExampleMeasure = {
	number: number;
	heading: string;
	name: string;
	sections: string[];
	cityWide?: true;
	content: string;
	lines?: ExampleLine[];
};
export type ExamplePlan = {
	name: string;
	kind: 'table' | 'evaluation';
	chapters: { chapter: string; measures: ExampleMeasure[] }[];
};
export type ExampleFigure = { key: string; name: string; unit: string; basis: TypedBasis; section: string };

export const typedFigures: ExampleFigure[] = [
	{ key: 'buzzers', name: '防犯ブザーの配布', unit: '個', basis: 'sum', section: '学務課' },
	{ key: 'routeChecks', name: '通学路の合同点検', unit: '校', basis: 'distinct', section: '学務課' },
	{ key: 'routeCameras', name: '通学路防犯カメラ', unit: '台', basis: 'atEnd', section: '学務課' },
	{ key: 'posters', name: '啓発ポスターの応募', unit: '点', basis: 'times', section: '児童青少年課' },
	{ key: 'slogans', name: '啓発標語の応募', unit: '点', basis: 'times', section: '児童青少年課' },
	{ key: 'recorders', name: '自動通話録音機の貸与', unit: '台', basis: 'added', section: '地域安全課' },
	{
		key: 'recordersCumulative',
		name: '自動通話録音機の貸与の累計',
		unit: '台',
		basis: 'cumulative',
		section: '地域安全課'
	},
	{ key: 'subscribers', name: '安全・安心メールの加入登録', unit: '人', basis: 'atEnd', section: '地域安全課' },
	{ key: 'visits', name: '家庭訪問', unit: '件', basis: 'times', section: 'こども家庭センター' },
	{ key: 'newLights', name: '街路灯の新規設置', unit: '件', basis: 'added', section: '交通対策課' }
];

export const guideline: ExamplePlan = {
	name: '安全・安心まちづくり推進計画',
	kind: 'table',
	chapters: [
		{
			chapter: '1 日常生活における安全安心の確保',
			measures: [
				{
					number: 1,
					heading: '(1) 地域防犯力の向上',
					name: 'CoCoパトロール隊による地域パトロール',
					sections: ['地域安全課'],
					cityWide: true,
					content: '青色防犯パトロール車で市内を巡回し、犯罪を防ぎます。',
					lines: [
						{ section: '地域安全課', words: '車両数 {cars}台' },
						{ section: '地域安全課', words: 'パトロール回数 {cityRuns}回' },
						{ section: '地域安全課', words: '距離 {cityKilometres}km' }
					]
				},
				{
					number: 2,
					heading: '(1) 地域防犯力の向上',
					name: '地域ボランティアによる防犯パトロール',
					sections: ['地域安全課'],
					content: '地域の団体による防犯パトロールを支え、関係機関と合同で巡回します。',
					lines: [
						{ section: '地域安全課', words: '{jointPartners}と連携したパトロールを実施' },
						{ section: '地域安全課', words: '防犯資機材支給 {equipmentBodies}団体/支給資機材 {equipmentPieces}個' }
					]
				},
				{
					number: 3,
					heading: '(1) 地域防犯力の向上',
					name: '事業者による地域パトロール',
					sections: ['地域安全課'],
					content: '市内を回る事業者に、業務中の見守りと通報をお願いします。',
					lines: [
						{ section: '地域安全課', words: '市内{memoranda}社と覚書(パトロール協力)を継続' },
						{
							section: '地域安全課',
							words: '上記{memoranda}社含む、市内{businesses}の事業者等による地域パトロールの継続'
						}
					]
				},
				{
					number: 4,
					heading: '(2) 子どもの安全確保',
					name: 'こがねいし安全・安心あいさつ運動',
					sections: ['地域安全課'],
					content: 'あいさつを交わし合うことで、顔の見えるまちをつくります。',
					lines: [
						{
							section: '地域安全課',
							words: 'あいさつ運動推進月間中に、{materialPlaces}等にて{materialKinds}を掲出'
						}
					]
				},
				{
					number: 5,
					heading: '(2) 子どもの安全確保',
					name: 'CoCoパトロール車による子ども見守りパトロール',
					sections: ['地域安全課'],
					content: '登下校の時間に合わせ、青色防犯パトロール車で通学路を見守ります。',
					lines: [
						{
							section: '地域安全課',
							words: '{greetingSeasons}のあいさつ運動推進月間の実施及び週{schoolRunDays}回の登校パトロールの実施'
						}
					]
				},
				{
					number: 6,
					heading: '(2) 子どもの安全確保',
					name: '子どもを見守る家（カンガルーのポケット）',
					sections: ['指導室'],
					content: '子どもが助けを求められる家や店を登録し、目印を掲げます。',
					lines: [{ section: '指導室', words: 'カンガルーポケット登録件数 {pockets}件' }]
				},
				{
					number: 7,
					heading: '(2) 子どもの安全確保',
					name: '学校等における安全対策',
					sections: ['保育課', '児童青少年課', '交通対策課', '学務課', '指導室', '生涯学習課'],
					content: '学校や保育施設と通学路の安全を点検し、備えを整えます。',
					lines: [
						{ section: '学務課', words: '防犯ブザーの配布 {buzzers}個' },
						{ section: '学務課', words: '通学路の合同点検 {routeChecks}校' },
						{ section: '学務課', words: '通学路防犯カメラ {routeCameras}台' }
					]
				},
				{
					number: 8,
					heading: '(3) 犯罪弱者の安全対策',
					name: '青少年の犯罪被害防止と健全育成活動の推進',
					sections: ['児童青少年課', '健康課', '指導室'],
					content: '青少年が犯罪に巻き込まれないよう、家庭や地域とともに啓発します。',
					lines: [
						{ section: '児童青少年課', words: '啓発ポスターの応募 {posters}点' },
						{ section: '児童青少年課', words: '啓発標語の応募 {slogans}点' }
					]
				},
				{
					number: 9,
					heading: '(3) 犯罪弱者の安全対策',
					name: '女性の犯罪被害防止の推進',
					sections: ['企画政策課'],
					content: '女性が被害に遭わないための情報を届け、相談先を知らせます。'
				},
				{
					number: 10,
					heading: '(3) 犯罪弱者の安全対策',
					name: '高齢者や障がい者の犯罪被害防止啓発活動の推進',
					sections: ['経済課', '保険年金課', '自立生活支援課', '介護福祉課', '地域安全課'],
					content: '消費者被害や特殊詐欺を防ぐため、声かけと機器の貸与を行います。',
					lines: [
						{ section: '地域安全課', words: '自動通話録音機の貸与 {recorders}台（累計 {recordersCumulative}台）' }
					]
				}
			]
		},
		{
			chapter: '2 市民の防犯意識づくり',
			measures: [
				{
					number: 11,
					heading: '(1) 市民の生活の安全に関する正確で迅速な情報提供',
					name: 'こがねい安全・安心メール、ツイッター',
					sections: ['地域安全課'],
					content: '不審者などの情報を、登録した人にすぐに届けます。',
					lines: [
						{
							section: '地域安全課',
							words: 'こがねい安全・安心メール加入登録数 {subscribers}人 配信数 {alertsSent}件'
						}
					]
				},
				{
					number: 12,
					heading: '(1) 市民の生活の安全に関する正確で迅速な情報提供',
					name: '市報やホームページ等の活用',
					sections: ['広報秘書課', '情報システム課', '地域安全課'],
					content: '市報やホームページで、防犯の情報を広く知らせます。'
				},
				{
					number: 13,
					heading: '(1) 市民の生活の安全に関する正確で迅速な情報提供',
					name: 'CoCoパトロール車による広報',
					sections: ['地域安全課'],
					content: '巡回しながら、音声で注意を呼びかけます。',
					lines: [
						{
							section: '地域安全課',
							words: '青色防犯パトロール車両によるパトロール時に広報を実施',
							hangsOn: 'announcedRuns'
						}
					]
				},
				{
					number: 14,
					heading: '(1) 市民の生活の安全に関する正確で迅速な情報提供',
					name: '防災行政無線の活用',
					sections: ['地域安全課'],
					content: '防災行政無線を使い、防犯の呼びかけを放送します。'
				},
				{
					number: 15,
					heading: '(2) 安全に関する意識を高めるための啓発活動',
					name: '市民防犯講習会の開催',
					sections: ['地域安全課'],
					content: '市民が防犯を学ぶ講習会を開きます。',
					lines: [{ section: '地域安全課', words: '市民防犯講習会 参加者数 {lectureAttendance}人' }]
				},
				{
					number: 16,
					heading: '(3) 市民の自主的な防犯活動への支援',
					name: '自主防犯組織等への防犯資機材の支給',
					sections: ['地域安全課'],
					content: '防犯活動を行う団体に、活動に必要な資機材を支給します。',
					lines: [
						{ section: '地域安全課', words: '防犯資機材支給 {equipmentBodies}団体/支給資機材 {equipmentPieces}個' }
					]
				}
			]
		},
		{
			chapter: '3 地域における防犯ネットワークづくり',
			measures: [
				{
					number: 17,
					heading: '市、市民、事業者、警察等との緊密な連携',
					name: '防犯ネットワークの充実',
					sections: ['地域安全課'],
					content: '関係機関と情報を共有し、協力する体制を整えます。'
				},
				{
					number: 18,
					heading: '市、市民、事業者、警察等との緊密な連携',
					name: '小金井市安全・安心まちづくり協議会',
					sections: ['地域安全課'],
					content: '市民、事業者、警察などと施策を話し合います。',
					lines: [
						{
							section: '地域安全課',
							words: '小金井市安全・安心まちづくり協議会を{councilMeetings}回開催（{councilMonths}）'
						}
					]
				},
				{
					number: 19,
					heading: '市、市民、事業者、警察等との緊密な連携',
					name: '虐待防止のための対応ネットワークづくりの推進',
					sections: ['自立生活支援課', '介護福祉課', 'こども家庭センター'],
					content: '虐待を早く見つけて支えるため、関係機関が連携します。',
					lines: [{ section: 'こども家庭センター', words: '家庭訪問 {visits}件' }]
				}
			]
		},
		{
			chapter: '4 犯罪を起こさせないまちづくり',
			measures: [
				{
					number: 20,
					heading: '防犯の視点に立ったまちづくり',
					name: '街路灯の整備',
					sections: ['交通対策課'],
					content: '暗い道をなくすため、街路灯を整えます。',
					lines: [{ section: '交通対策課', words: '街路灯新規設置件数 {newLights}件' }]
				},
				{
					number: 21,
					heading: '防犯の視点に立ったまちづくり',
					name: '公園・道路等の防犯性の向上',
					sections: ['環境政策課', '道路管理課'],
					content: '公園や道路の見通しを良くし、死角を減らします。'
				},
				{
					number: 22,
					heading: '防犯の視点に立ったまちづくり',
					name: '駅周辺放置自転車対策',
					sections: ['交通対策課'],
					content: '駅の周りの放置自転車を減らします。'
				},
				{
					number: 23,
					heading: '防犯の視点に立ったまちづくり',
					name: '公共の場所における防犯カメラの設置',
					sections: ['地域安全課'],
					content: '公共の場所への防犯カメラの設置を進めます。'
				},
				{
					number: 24,
					heading: '防犯の視点に立ったまちづくり',
					name: '暴力団排除活動の推進',
					sections: ['地域安全課'],
					cityWide: true,
					content: '市の仕事から暴力団を締め出し、市民と連携します。'
				}
			]
		}
	]
};

/** 地域福祉計画の総合評価: the same figures in the words of another plan, graded. */
export const welfare: ExamplePlan = {
	name: '地域福祉計画',
	kind: 'evaluation',
	chapters: [
		{
			chapter: '安全・安心のまちづくり',
			measures: [
				{
					number: 6,
					heading: '防犯活動の支援',
					name: '地域の防犯活動の支援',
					sections: ['地域安全課'],
					content: '防犯活動を行う団体を支え、防犯の知識を広めます。',
					lines: [
						{
							section: '地域安全課',
							words: '支給団体数:{equipmentBodies}団体、支給総数:{equipmentPieces}個'
						},
						{ section: '地域安全課', words: '参加者:{lectureAttendance}人' }
					]
				}
			]
		}
	]
};
