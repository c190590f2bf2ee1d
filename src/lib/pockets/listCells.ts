/** Single cells of a city's list as they are really written: what they say, and what was noticed while reading. Pure. */
import { foldDigits } from '#lib/calendar/typed.ts';
import { foldKana, foldPhone } from '#lib/people/member.ts';
import { addressFold } from './fold.ts';
import type { Kind, State } from './pocket.ts';

/** Half-width kana widened, blanks and line breaks as one blank. Nothing else of a name is touched. */
export const tidy = (text: string): string =>
	text
		.replace(/[\uff61-\uff9f]+/g, (kana) => kana.normalize('NFKC'))
		.replace(/[\s\u3000]+/g, ' ')
		.trim();

const isKana = (text: string) => /^[ぁ-ゖァ-ヺー・\s]+$/.test(text);

/**
 * A cell with a name in it. Its kana may stand behind it in brackets; where several live in a home, the first is the name and the
 * others are whom one may ask for as well. A shop's name is never taken apart at a dot, only at a line break.
 */
export function writtenName(cell: string, kind: Kind | undefined) {
	const lines = cell.split(/\r?\n/).map(tidy).filter(Boolean);
	const apart = kind === 'home' ? /[、,，・/／&＆]/ : /\n/;
	let kana = '';
	const persons = lines
		.flatMap((line) => (isKana(line) && lines.length > 1 && line !== lines[0] ? ((kana ||= line), []) : [line]))
		.map((line) =>
			line.replace(/\s*[(（]([^()（）]*)[)）]\s*$/, (all, inside: string) => {
				if (!isKana(tidy(inside))) return all;
				kana ||= tidy(inside);
				return '';
			})
		)
		.flatMap((line) => line.split(apart))
		.map(tidy)
		.filter(Boolean);
	return { name: persons[0] ?? '', kana, others: persons.slice(1) };
}

/** Kana for sorting, or nothing where the cell holds something else: it is not worth a home. */
export function writtenKana(cell: string): string | undefined {
	const folded = foldKana(tidy(cell).replace(/[、,/&].*$/, ''));
	return /^[\p{Script=Hiragana}ー・ A-Za-z'’-]*$/u.test(folded) ? folded : undefined;
}

/** The first number of a cell, and whether more stood there or a spreadsheet had eaten its first zero. */
export function writtenPhone(cell: string): { phone: string; more: boolean; zero: boolean } | undefined {
	const parts = cell
		.normalize('NFKC')
		.replace(/(自宅|携帯|電話|店|代表|tel|fax|[::])/gi, ' ')
		.replace(/\(([^\d]*)\)/g, ' ')
		.split(/[\n\r/、,;]+|\s{2,}|\s(?=0)/)
		.map((part) => part.trim())
		.filter(Boolean);
	const [first] = parts;
	if (first === undefined) return { phone: '', more: false, zero: false };
	const eaten = /^[1-9]\d{8}$/.test(first) || /^[789]0\d{8}$/.test(first);
	const phone = foldPhone(eaten ? `0${first}` : first);
	return phone ? { phone, more: parts.length > 1, zero: eaten } : undefined;
}

const kindSigns: [Kind, RegExp][] = [
	['medical', /医療|病院|医院|クリニック|歯科|診療|薬局/],
	['facility', /公共|公民館|学校|児童館|図書館|市役所|集会|施設|交番/],
	['home', /家庭|個人|民家|住宅|自宅|一般|戸建/],
	['shop', /商店|店舗|店|コンビニ|スーパー|飲食|理容|美容/],
	['business', /事業所|会社|企業|事務所|工場|法人|営業所|タクシー/]
];
/** What kind a word of the list means. */
export const writtenKind = (cell: string): Kind | undefined =>
	kindSigns.find(([, sign]) => sign.test(cell.normalize('NFKC')))?.[0];

/** What state a word of the list means; `over` is no longer registered and does not come in. */
export function writtenState(cell: string): State | 'over' | undefined {
	const plain = tidy(cell);
	if (plain === '' || /^(登録|登録済み?|継続|有効|稼働|活動中)$/.test(plain)) return 'registered';
	if (/^(休止|休止中|一時休止)$/.test(plain)) return 'paused';
	if (/^(申込|申込中|申請中|受付|説明済み?)$/.test(plain)) return 'applied';
	return /解除|廃止|辞退|終了|抹消|不登録|転居|閉店/.test(plain) ? 'over' : undefined;
}

const yes =
	/^(○|〇|◯|◎|✓|✔|レ|有|あり|可|はい|yes|y|1|true|同意|同意する|同意あり|同意済み?|公開|公開可|承諾|承諾済み?|掲載可?)$/i;
const no = /^(|×|✕|✖|x|-|ー|無|なし|不可|いいえ|no|n|0|false|不同意|同意しない|同意なし|非公開|公開不可|否|掲載不可)$/i;
/** An express yes, or a no; undefined where nobody can tell. Silence is a no: no consent is made up. */
export const writtenYes = (cell: string): boolean | undefined => {
	const plain = tidy(cell.normalize('NFKC'));
	return yes.test(plain) ? true : no.test(plain) ? false : undefined;
};

const numerals = '〇一二三四五六七八九';
const inKanji = (digits: string): string => {
	const n = Number(foldDigits(digits));
	if (!Number.isInteger(n) || n < 1 || n > 99) return digits;
	const tens = Math.floor(n / 10);
	return (tens > 1 ? numerals[tens] : '') + (tens > 0 ? '十' : '') + (n % 10 ? numerals[n % 10] : '');
};
const prefecture = /^(東京都|北海道|(?:京都|大阪)府|.{2,3}県)/;

/**
 * An address as 町丁目 and the rest, the rest as it was written. 本町1-2-3 is 本町一丁目 and 2-3; 桜町2-3 is that only where such a
 * 丁目 is known, and else a town without 丁目.
 */
export function writtenAddress(cell: string, city: string, isTown: (name: string) => boolean) {
	const plain = tidy(cell)
		.replace(/^〒?\s*[\d０-９]{3}[-－ー‐][\d０-９]{4}\s*/, '')
		.replace(prefecture, '')
		.replace(new RegExp(`^${city.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`), '')
		.trim();
	const chome = /^(.{1,20}?)\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*丁目\s*(.*)$/.exec(plain);
	if (chome) {
		const [, town = '', n = '', rest = ''] = chome;
		return { town: `${town}${/\d|[０-９]/.test(n) ? inKanji(n) : n}丁目`, address: rest };
	}
	const numbered = /^([^\d０-９]{1,20}?)\s*([0-9０-９]{1,2})\s*([-－−‐ー–の]\s*)([0-9０-９].*)$/.exec(plain);
	if (numbered) {
		const [, town = '', n = '', , rest = ''] = numbered;
		const named = `${town}${inKanji(n)}丁目`;
		if (isTown(named) || /^[0-9０-９]+\s*[-－−‐ー–の]\s*[0-9０-９]/.test(rest)) return { town: named, address: rest };
	}
	const [, town = '', rest = ''] = /^([^\d０-９]{1,40}?)\s*([0-9０-９].*)$/.exec(plain) ?? [];
	return { town, address: rest };
}

/** Is a name of a town among these, however written? */
export function townsAmong(names: Iterable<string>): (name: string) => boolean {
	const folds = new Set([...names].map(addressFold));
	return (name) => folds.has(addressFold(name));
}

/** A school's name without what is around it: 小金井市立本町小学校 and 本町小, 本町小学校区 are one. */
export const schoolFold = (name: string): string =>
	name
		.normalize('NFKC')
		.replace(/\s/g, '')
		.replace(/^.{1,8}立/, '')
		.replace(/(学校)?(通)?(学?校?区)?$/, '')
		.replace(/小(学校)?$/, '');
