/** What the columns of a city's list may mean, and how their heads are guessed. Pure. */
import * as z from 'zod/mini';
import { isDay } from '#lib/calendar/day.ts';
import { kinds } from './pocket.ts';

/** A row of the file as a spreadsheet numbers it, and its cells. */
export type ListLine = { line: number; cells: string[] };

export const fields = [
	'number',
	'name',
	'kana',
	'contact',
	'kind',
	'town',
	'address',
	'building',
	'phone',
	'school',
	'hours',
	'days',
	'from',
	'to',
	'hours1',
	'hours2',
	'hours3',
	'hours4',
	'hours5',
	'hours6',
	'hours0',
	'closed',
	'plate',
	'appliedOn',
	'explainedOn',
	'registeredOn',
	'endedOn',
	'state',
	'lat',
	'lng',
	'note',
	'public',
	'district',
	'agreedContact'
] as const;
export type ListField = (typeof fields)[number];

/** What holds where a list says nothing about it. */
export const daysKnown = ['none', 'week', 'all'] as const;
export const mappingForm = z.pipe(
	z.record(z.string(), z.union([z.string(), z.array(z.string())])),
	z.transform((values, payload) => {
		const text = (box: string) => (typeof values[box] === 'string' ? values[box] : '');
		const columns: (ListField | '')[] = [];
		for (let n = 0; `column${n}` in values; n++) columns.push(fields.find((one) => one === text(`column${n}`)) ?? '');
		const wrong = (box: string, message: string) =>
			payload.issues.push({ code: 'custom', message, path: [box], input: values });
		for (const [n, field] of columns.entries())
			if (field !== '' && columns.indexOf(field) !== n) wrong(`column${n}`, 'error_lists_twice');
		if (!columns.includes('name')) wrong('form', 'error_lists_name');
		if (!columns.includes('address') && !columns.includes('town')) wrong('form', 'error_lists_address');
		if (text('registeredOn') !== '' && !isDay(text('registeredOn'))) wrong('registeredOn', 'error_day');
		return {
			columns,
			kind: kinds.find((one) => one === text('kind')) ?? '',
			school: /^[0-9a-f-]{36}$/.test(text('school')) ? text('school') : '',
			registeredOn: text('registeredOn'),
			days: daysKnown.find((one) => one === text('days')) ?? 'none'
		} as const;
	})
);
export type Mapping = z.output<typeof mappingForm>;

/** Heads as offices write them, folded. Our own file and the standard open data of public facilities are among them. */
const names: Record<ListField, string> = {
	number: '番号|no|登録番号|登録no|管理番号|整理番号|通し番号|連番',
	name: '氏名|名前|名称|施設名|店名|屋号|協力者名|協力者氏名|登録者|登録者名|世帯主|代表者名|代表者氏名|事業所名|登録名|名称氏名|氏名名称',
	kana: 'フリガナ|ふりがな|カナ|かな|名称カナ|氏名カナ|よみがな|ヨミガナ|読み|氏名フリガナ',
	contact: '担当の方|担当者|担当者名|連絡者|代表者|責任者|担当',
	kind: '種別|種類|区分|業種|形態|登録種別|建物種別',
	town: '町丁目|町名|丁目|所在地町字|町',
	address: '住所|所在地|番地建物|番地|所在地連結表記|住所地|所在地番地以下|現住所',
	building: '方書|建物名|建物名等|アパート名|マンション名|建物名部屋番号',
	phone: '電話|電話番号|tel|連絡先|連絡先電話番号|電話番号1|自宅電話|連絡先電話|自宅電話番号',
	school: '学区|学校区|小学校区|校区|通学区域|学校|小学校|学校名|小学校名|対象校|担当校',
	hours: '人がいる時間|在宅時間|在宅時間帯|利用可能時間|対応時間|対応可能時間|営業時間|時間帯|在宅',
	days: '曜日|利用可能曜日|在宅曜日|対応曜日|営業日|対応可能曜日',
	from: '開始時間|開始時刻|開始|時間から|利用開始時間',
	to: '終了時間|終了時刻|終了|時間まで|利用終了時間',
	hours1: '月曜の時間|月曜|月曜日|月',
	hours2: '火曜の時間|火曜|火曜日|火',
	hours3: '水曜の時間|水曜|水曜日|水',
	hours4: '木曜の時間|木曜|木曜日|木',
	hours5: '金曜の時間|金曜|金曜日|金',
	hours6: '土曜の時間|土曜|土曜日|土',
	hours0: '日曜の時間|日曜|日曜日|日',
	closed: '休みの日など|定休日|休日|休業日|休み|利用可能日時特記事項',
	plate: 'プレート|プレート番号|プレートno|ステッカー番号|標識番号|表示板番号|看板番号',
	appliedOn: '申込日|申請日|申込年月日|受付日',
	explainedOn: '説明日|説明年月日|訪問日',
	registeredOn: '登録日|登録年月日|登録年度|委嘱日|開始日|加入日|登録',
	endedOn: '登録解除日|解除日|終了日|廃止日|辞退日|抹消日',
	state: '状態|状況|登録状況',
	lat: '緯度|lat|latitude|y座標|北緯',
	lng: '経度|lng|lon|longitude|x座標|東経',
	note: '備考|メモ|特記事項|摘要|職員メモ|その他',
	public: '同意公開の地図|公開同意|公開|公開可否|地図公開|地図掲載|掲載可否|掲載同意|公開の同意',
	district: '同意学区の見守り|学区同意|見守り同意|地域同意|地域への提供',
	agreedContact: '同意学校の担当者|学校同意|学校への提供|学校提供同意'
};
/** A head without widths, blanks, signs, and what stands in brackets behind it. */
export const foldHead = (head: string): string =>
	head
		.normalize('NFKC')
		.toLowerCase()
		.replace(/(?<=.)\([^)]*\)$/, '')
		.replace(/[\s()[\]【】「」・.:_/※*-]/g, '');

const known = new Map(
	fields.flatMap((field) => names[field].split('|').map((name) => [foldHead(name), field] as const))
);

/** What each head seems to mean; a meaning goes to the first head that has it. */
export function guessed(heads: readonly string[]): (ListField | '')[] {
	const taken = new Set<ListField>();
	return heads.map((head) => {
		const field = known.get(foldHead(head));
		if (!field || taken.has(field)) return '';
		taken.add(field);
		return field;
	});
}

/** Rows above the heads that are looked at: a title, a date, blank lines. */
const ABOVE = 20;

/** Where the heads stand: the row in which most is understood, else the first with several cells. */
export function headRow(rows: readonly (readonly string[])[]): number {
	const above = rows.slice(0, ABOVE);
	const score = above.map((row) => guessed(row).filter(Boolean).length);
	const best = score.indexOf(Math.max(0, ...score));
	if ((score[best] ?? 0) >= 2) return best;
	return above.findIndex((row) => row.filter((cell) => cell.trim() !== '').length > 1);
}

/** One key for the same heads in the same order, however wide they are written. */
export const headsKey = (heads: readonly string[]): string => JSON.stringify(heads.map(foldHead));
