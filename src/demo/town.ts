/** The invented town: who lives in it, with fixed ids. Koganei's public names; every person and number is made up. */
import type { AssociationKind } from '#lib/people/association.ts';
import type { Role } from '#lib/people/permissions.ts';
import { demoId } from './ids.ts';

const keyed = <K extends string, T extends object>(kind: number, things: Record<K, T>) =>
	Object.fromEntries(
		Object.entries<T>(things).map(([key, thing], n) => [key, { id: demoId('people', kind, n + 1), ...thing }])
	) as Record<K, T & { id: string }>;

/** Sections with their names by the fiscal year from which each is valid. */
const sections = {
	safety: { names: { 2000: '地域安全課' } },
	guidance: { names: { 2000: '指導室' } },
	traffic: { names: { 2000: '交通対策課' } },
	roads: { names: { 2000: '道路管理課' } },
	environment: { names: { 2000: '環境政策課' } },
	schools: { names: { 2000: '学務課' } },
	learning: { names: { 2000: '生涯学習課' } },
	youth: { names: { 2000: '児童青少年課' } },
	nursery: { names: { 2000: '保育課' } },
	health: { names: { 2000: '健康課' } },
	planning: { names: { 2000: '企画政策課' } },
	economy: { names: { 2000: '経済課' } },
	insurance: { names: { 2000: '保険年金課' } },
	support: { names: { 2000: '自立生活支援課' } },
	care: { names: { 2000: '介護福祉課' } },
	publicity: { names: { 2000: '広報秘書課' } },
	systems: { names: { 2000: '情報システム課' } },
	// The section that changed its name: 令和5年度 still under the old one.
	family: { names: { 2000: '子育て支援課', 2024: 'こども家庭センター' } }
} satisfies Record<string, { names: Record<number, string> }>;
export const demoSections = keyed<keyof typeof sections, { names: Record<number, string> }>(1, sections);

export const demoSchools = keyed(2, {
	first: { name: '第一小学校', kana: 'だいいちしょうがっこう' },
	second: { name: '第二小学校', kana: 'だいにしょうがっこう' },
	third: { name: '第三小学校', kana: 'だいさんしょうがっこう' },
	fourth: { name: '第四小学校', kana: 'だいよんしょうがっこう' },
	honcho: { name: '本町小学校', kana: 'ほんちょうしょうがっこう' },
	midori: { name: '緑小学校', kana: 'みどりしょうがっこう' },
	maehara: { name: '前原小学校', kana: 'まえはらしょうがっこう' },
	minami: { name: '南小学校', kana: 'みなみしょうがっこう' },
	higashi: { name: '東小学校', kana: 'ひがししょうがっこう' }
});

type School = keyof typeof demoSchools;
type Body = {
	kind: AssociationKind;
	name: string;
	kana: string;
	towns?: string;
	members?: number;
	residents?: number;
	founded?: string;
	registered?: string;
	memorandum?: string;
	schools?: School[];
};

const bodies = {
	honcho: {
		kind: 'neighbourhood',
		name: '本町北町会',
		kana: 'ほんちょうきたちょうかい',
		towns: '本町五丁目',
		members: 42,
		residents: 42,
		founded: '1972-04-01',
		registered: '2010-04-01',
		schools: ['honcho', 'first']
	},
	midori: {
		kind: 'neighbourhood',
		name: '緑町自治会',
		kana: 'みどりちょうじちかい',
		towns: '緑町四丁目',
		members: 36,
		residents: 36,
		founded: '1968-04-01',
		registered: '2009-06-01',
		schools: ['midori']
	},
	maehara: {
		kind: 'crimePrevention',
		name: '前原小見守りの会',
		kana: 'まえはらしょうみまもりのかい',
		towns: '前原町三丁目',
		members: 28,
		residents: 27,
		founded: '2006-04-01',
		registered: '2006-10-01',
		schools: ['maehara']
	},
	nukui: {
		kind: 'shops',
		name: '貫井商店会',
		kana: 'ぬくいしょうてんかい',
		towns: '貫井北町三丁目',
		members: 18,
		residents: 14,
		founded: '1985-05-01',
		registered: '2012-04-01',
		schools: ['second']
	},
	crimePrevention: {
		kind: 'crimePrevention',
		name: '防犯協会',
		kana: 'ぼうはんきょうかい',
		towns: '市内全域',
		members: 60,
		residents: 58,
		founded: '1960-06-01',
		registered: '2005-04-01'
	},
	pta: {
		kind: 'pta',
		name: '本町小学校PTA',
		kana: 'ほんちょうしょうがっこうぴーてぃーえー',
		towns: '本町一丁目・五丁目',
		members: 210,
		residents: 210,
		founded: '1970-04-01',
		registered: '2011-04-01',
		schools: ['honcho']
	},
	azuma: {
		kind: 'neighbourhood',
		name: '東町四丁目町会',
		kana: 'あずまちょうよんちょうめちょうかい',
		towns: '東町四丁目',
		members: 55,
		residents: 55,
		founded: '1965-04-01',
		registered: '2008-04-01',
		schools: ['higashi']
	},
	sakura: {
		kind: 'neighbourhood',
		name: '桜町自治会',
		kana: 'さくらちょうじちかい',
		towns: '桜町二丁目',
		members: 33,
		residents: 33,
		founded: '1974-04-01',
		registered: '2008-04-01',
		schools: ['third']
	},
	kajino: {
		kind: 'neighbourhood',
		name: '梶野町会',
		kana: 'かじのちょうかい',
		towns: '梶野町五丁目',
		members: 47,
		residents: 46,
		founded: '1963-04-01',
		registered: '2007-04-01',
		schools: ['third']
	},
	naka: {
		kind: 'neighbourhood',
		name: '中町三丁目自治会',
		kana: 'なかちょうさんちょうめじちかい',
		towns: '中町三丁目',
		members: 29,
		residents: 29,
		founded: '1980-04-01',
		registered: '2013-04-01',
		schools: ['minami']
	},
	sekino: {
		kind: 'neighbourhood',
		name: '関野町会',
		kana: 'せきのちょうかい',
		towns: '関野町一丁目',
		members: 24,
		residents: 24,
		founded: '1977-04-01',
		registered: '2014-04-01',
		schools: ['fourth']
	},
	motomachi: {
		kind: 'neighbourhood',
		name: '本町一丁目親和会',
		kana: 'ほんちょういっちょうめしんわかい',
		towns: '本町一丁目',
		members: 38,
		residents: 38,
		founded: '1970-04-01',
		registered: '2009-04-01',
		schools: ['first', 'honcho']
	},
	maeharaMinami: {
		kind: 'neighbourhood',
		name: '前原南自治会',
		kana: 'まえはらみなみじちかい',
		towns: '前原町三丁目',
		members: 31,
		residents: 31,
		founded: '1982-04-01',
		registered: '2012-04-01',
		schools: ['maehara']
	},
	nukuiKita: {
		kind: 'neighbourhood',
		name: '貫井北町会',
		kana: 'ぬくいきたちょうかい',
		towns: '貫井北町三丁目',
		members: 44,
		residents: 44,
		founded: '1969-04-01',
		registered: '2007-04-01',
		schools: ['second']
	},
	highSchool: { kind: 'school', name: '都立高校', kana: 'とりつこうこう' },
	fire: { kind: 'other', name: '消防署', kana: 'しょうぼうしょ' },
	police: { kind: 'other', name: '警察署', kana: 'けいさつしょ' },
	city: { kind: 'city', name: 'CoCoパトロール隊', kana: 'ここぱとろーるたい', towns: '市内全域', members: 13 },
	taxi: { kind: 'business', name: '野川タクシー', kana: 'のがわたくしー', memorandum: '2012-05-10' },
	newspaper: { kind: 'business', name: '坂上新聞店', kana: 'さかうえしんぶんてん', memorandum: '2014-07-01' },
	security: { kind: 'business', name: 'はけの道警備', kana: 'はけのみちけいび', memorandum: '2016-02-15' },
	milk: { kind: 'business', name: '桜堤牛乳店', kana: 'さくらづつみぎゅうにゅうてん' },
	post: { kind: 'business', name: '緑町便利店', kana: 'みどりちょうべんりてん' },
	bank: { kind: 'business', name: '武蔵野台信用組合', kana: 'むさしのだいしんようくみあい' },
	delivery: { kind: 'business', name: '北口運送', kana: 'きたぐちうんそう' },
	gas: { kind: 'business', name: '玉川上水ガス', kana: 'たまがわじょうすいがす' },
	cleaner: { kind: 'business', name: '白梅クリーニング', kana: 'しらうめくりーにんぐ' },
	bus: { kind: 'business', name: '小金井台バス', kana: 'こがねいだいばす' },
	market: { kind: 'business', name: '南口市場', kana: 'みなみぐちいちば' }
} satisfies Record<string, Body>;

export const demoAssociations = keyed<keyof typeof bodies, Body>(3, bodies);

type Someone = {
	name: string;
	kana: string;
	of?: (keyof typeof bodies)[];
	duty?: string;
	login?: string;
	role?: { role: Role; association?: keyof typeof bodies; section?: keyof typeof demoSections; school?: School };
};

const people = {
	// The eight who sign in.
	volunteer: { name: '髙橋 和子', kana: 'たかはし かずこ', of: ['honcho'], login: 'volunteer' },
	leader: {
		name: '山﨑 正一',
		kana: 'やまざき しょういち',
		of: ['honcho'],
		duty: '会長',
		login: 'leader',
		role: { role: 'leader', association: 'honcho' }
	},
	school: {
		name: '井上 由美',
		kana: 'いのうえ ゆみ',
		login: 'school',
		role: { role: 'school', school: 'honcho' }
	},
	safety: {
		name: '中村 健太',
		kana: 'なかむら けんた',
		of: ['city'],
		login: 'safety',
		role: { role: 'safety', section: 'safety' }
	},
	guidance: {
		name: '小林 真理',
		kana: 'こばやし まり',
		login: 'guidance',
		role: { role: 'guidance', section: 'guidance' }
	},
	officer: {
		name: '加藤 大輔',
		kana: 'かとう だいすけ',
		login: 'officer',
		role: { role: 'officer', section: 'traffic' }
	},
	approver: {
		name: '松本 京子',
		kana: 'まつもと きょうこ',
		login: 'approver',
		role: { role: 'approver', section: 'safety' }
	},
	admin: { name: '清水 直樹', kana: 'しみず なおき', login: 'admin', role: { role: 'admin' } },
	// 本町北町会
	tanaka: { name: '田中 三郎', kana: 'たなか さぶろう', of: ['honcho'], duty: '防犯部長' },
	yoshida: { name: '𠮷田 千代', kana: 'よしだ ちよ', of: ['honcho'], duty: '班長' },
	sasaki: { name: '佐々木 茂', kana: 'ささき しげる', of: ['honcho'], duty: '班長' },
	ito: { name: '伊藤 節子', kana: 'いとう せつこ', of: ['honcho'] },
	watanabe: { name: '渡邉 勇', kana: 'わたなべ いさむ', of: ['honcho'] },
	hamada: { name: '濵田 恵', kana: 'はまだ めぐみ', of: ['honcho', 'pta'] },
	kondo: { name: '近藤 弘', kana: 'こんどう ひろし', of: ['honcho'] },
	mori: { name: '森 フミ', kana: 'もり ふみ', of: ['honcho'] },
	ono: { name: '小野 栄一', kana: 'おの えいいち', of: ['honcho'] },
	// 緑町自治会
	midoriLeader: {
		name: '木村 敏子',
		kana: 'きむら としこ',
		of: ['midori'],
		duty: '会長',
		role: { role: 'leader', association: 'midori' }
	},
	hayashi: { name: '林 誠', kana: 'はやし まこと', of: ['midori'] },
	saito: { name: '齋藤 幸子', kana: 'さいとう さちこ', of: ['midori'] },
	ikeda: { name: '池田 進', kana: 'いけだ すすむ', of: ['midori'] },
	hashimoto: { name: '橋本 春江', kana: 'はしもと はるえ', of: ['midori'] },
	// 前原小見守りの会
	maeharaLeader: {
		name: '石川 明',
		kana: 'いしかわ あきら',
		of: ['maehara'],
		duty: '代表',
		role: { role: 'leader', association: 'maehara' }
	},
	maeda: { name: '前田 久美子', kana: 'まえだ くみこ', of: ['maehara'] },
	fujita: { name: '藤田 武', kana: 'ふじた たけし', of: ['maehara'] },
	okada: { name: '岡田 京子', kana: 'おかだ きょうこ', of: ['maehara'] },
	// 貫井商店会
	nukuiLeader: {
		name: '長谷川 清',
		kana: 'はせがわ きよし',
		of: ['nukui'],
		duty: '会長',
		role: { role: 'leader', association: 'nukui' }
	},
	murakami: { name: '村上 良子', kana: 'むらかみ よしこ', of: ['nukui'] },
	endo: { name: '遠藤 昭', kana: 'えんどう あきら', of: ['nukui'] },
	// PTA, 防犯協会
	ptaLeader: {
		name: '青木 沙織',
		kana: 'あおき さおり',
		of: ['pta'],
		duty: '校外委員長',
		role: { role: 'leader', association: 'pta' }
	},
	fujii: { name: '藤井 美咲', kana: 'ふじい みさき', of: ['pta'] },
	nishimura: { name: '西村 翔', kana: 'にしむら しょう', of: ['pta'] },
	crimeLeader: {
		name: '坂本 隆',
		kana: 'さかもと たかし',
		of: ['crimePrevention'],
		duty: '会長',
		role: { role: 'leader', association: 'crimePrevention' }
	},
	// The crew of the city's own cars.
	crewOne: { name: '福田 実', kana: 'ふくだ みのる', of: ['city'] },
	crewTwo: { name: '太田 光男', kana: 'おおた みつお', of: ['city'] },
	crewThree: { name: '三浦 洋', kana: 'みうら ひろし', of: ['city'] },
	// The leaders of the other neighbourhood associations.
	azumaLeader: {
		name: '岡本 豊',
		kana: 'おかもと ゆたか',
		of: ['azuma'],
		role: { role: 'leader', association: 'azuma' }
	},
	sakuraLeader: {
		name: '松田 喜代',
		kana: 'まつだ きよ',
		of: ['sakura'],
		role: { role: 'leader', association: 'sakura' }
	},
	kajinoLeader: {
		name: '中川 博',
		kana: 'なかがわ ひろし',
		of: ['kajino'],
		role: { role: 'leader', association: 'kajino' }
	},
	nakaLeader: {
		name: '中野 静江',
		kana: 'なかの しずえ',
		of: ['naka'],
		role: { role: 'leader', association: 'naka' }
	},
	sekinoLeader: {
		name: '原田 功',
		kana: 'はらだ いさお',
		of: ['sekino'],
		role: { role: 'leader', association: 'sekino' }
	},
	motomachiLeader: {
		name: '小川 文雄',
		kana: 'おがわ ふみお',
		of: ['motomachi'],
		role: { role: 'leader', association: 'motomachi' }
	},
	maeharaMinamiLeader: {
		name: '竹内 初枝',
		kana: 'たけうち はつえ',
		of: ['maeharaMinami'],
		role: { role: 'leader', association: 'maeharaMinami' }
	},
	nukuiKitaLeader: {
		name: '金子 勝',
		kana: 'かねこ まさる',
		of: ['nukuiKita'],
		role: { role: 'leader', association: 'nukuiKita' }
	}
} satisfies Record<string, Someone>;

export const demoPeople = keyed<keyof typeof people, Someone>(4, people);

const ids = <K extends string>(things: Record<K, { id: string }>) =>
	Object.fromEntries(Object.entries<{ id: string }>(things).map(([key, thing]) => [key, thing.id])) as Record<
		K,
		string
	>;

/** The fixed ids: `town.associations.honcho`, `town.people.volunteer`. */
export const town = {
	municipality: demoId('people', 0, 1),
	sections: ids(demoSections),
	schools: ids(demoSchools),
	associations: ids(demoAssociations),
	people: ids(demoPeople)
};

/** Who can be signed in as by one button, in the order of the page. */
export const demoLogins = [
	'volunteer',
	'leader',
	'school',
	'safety',
	'guidance',
	'officer',
	'approver',
	'admin'
] as const;
