/** Who lives there, on whose roster, with which role. Every person and number is made up. */
import type { Role } from '#lib/people/permissions.ts';
import { bodies, type School } from './bodies.ts';
import { demoSections } from './city.ts';
import { keyed } from './keyed.ts';

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
