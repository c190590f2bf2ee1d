/**
 * The public map in the layout 公共施設一覧 of the 自治体標準オープンデータセット (デジタル庁): its 38 columns, of which a refuge home fills
 * what the public map tells and nothing more. Japanese in every language: files outlive screens. Pure.
 */
import { spansOf } from './hours.ts';
import type { PublicFeature, PublicMap } from './geojson.ts';
import type { Kind } from './pocket.ts';

export const heads = [
	'全国地方公共団体コード',
	'ID',
	'地方公共団体名',
	'名称',
	'名称_カナ',
	'名称_英字',
	'名称_通称',
	'POIコード',
	'所在地_全国地方公共団体コード',
	'町字ID',
	'所在地_連結表記',
	'所在地_都道府県',
	'所在地_市区町村',
	'所在地_町字',
	'所在地_番地以下',
	'建物名等(方書)',
	'緯度',
	'経度',
	'高度の種別',
	'高度の値',
	'電話番号',
	'内線番号',
	'連絡先メールアドレス',
	'連絡先FormURL',
	'連絡先備考（その他、SNSなど）',
	'郵便番号',
	'法人番号',
	'団体名',
	'利用可能曜日',
	'開始時間',
	'終了時間',
	'利用可能日時特記事項',
	'説明',
	'バリアフリー情報',
	'URL',
	'画像',
	'画像_ライセンス',
	'備考'
] as const;
type Head = (typeof heads)[number];

const kindWords: Record<Kind, string> = {
	home: '一般家庭',
	shop: '商店',
	business: '事業所',
	facility: '公共施設',
	medical: '医療機関'
};
const dayWords = '日月火水木金土';

/** 都道府県 in the order of their codes. */
const prefectures =
	'北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 鹿児島県 沖縄県'.split(
		' '
	);

/** Whose data it is: the city's name and, where the settings know it, its code of six digits. */
export type Publisher = { city: string; code?: string | undefined };

function rowOf({ geometry, properties }: PublicFeature, programme: string, { city, code = '' }: Publisher) {
	const { number, kind, name, town, school, hours, closed } = properties;
	const prefecture = prefectures[Number(code.slice(0, 2)) - 1] ?? '';
	const spans = spansOf(hours);
	const days = (of: readonly number[]) => of.map((day) => dayWords[day]).join('');
	const [only] = spans.length === 1 ? spans : [];
	const several = spans.length > 1 ? spans.map((one) => `${days(one.days)} ${one.from}-${one.to}`) : [];
	const cells: Partial<Record<Head, string | number>> = {
		全国地方公共団体コード: code,
		ID: number,
		地方公共団体名: prefecture + city,
		// A home has no sign; the layout asks for a name, and its number is one.
		名称: name ?? `${programme} ${number}`,
		名称_通称: programme,
		所在地_全国地方公共団体コード: code,
		所在地_連結表記: prefecture + city + town,
		所在地_都道府県: prefecture,
		所在地_市区町村: city,
		所在地_町字: town,
		緯度: geometry.coordinates[1],
		経度: geometry.coordinates[0],
		利用可能曜日: days(spans.flatMap((one) => one.days).sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7))),
		開始時間: only?.from ?? '',
		終了時間: only?.to ?? '',
		利用可能日時特記事項: [...several, closed ?? ''].filter(Boolean).join('、'),
		説明: `${programme}（${kindWords[kind]}）`,
		備考: `学区: ${school}`
	};
	return heads.map((head) => cells[head] ?? '');
}

/** A row per feature of the public map; who is no feature there is no row here. */
export const openRows = (map: PublicMap, of: Publisher): (string | number)[][] =>
	map.features.map((feature) => rowOf(feature, map.programme, of));
