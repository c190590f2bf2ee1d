/** The city's sections and schools. */
import { keyed } from './keyed.ts';

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
