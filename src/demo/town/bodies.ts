/** The bodies of every kind. */
import type { AssociationKind } from '#lib/people/association.ts';
import { demoSchools } from './city.ts';
import { keyed } from './keyed.ts';

export type School = keyof typeof demoSchools;
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

export const bodies = {
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
