/** The CSV table of bodies. Its heads and kinds are Japanese in every language: files outlive screens. */
import type { AssociationKind } from './association.ts';

export const kindWords: Record<AssociationKind, string> = {
	neighbourhood: '町会・自治会',
	pta: 'PTA',
	shops: '商店会',
	school: '学校',
	business: '事業者',
	crimePrevention: '防犯協会・見守り団体',
	city: '市',
	other: 'その他'
};

export const columns = [
	['kind', '種別'],
	['name', '名前'],
	['kana', 'よみがな'],
	['towns', '町丁目'],
	['memberCount', '会員数'],
	['residentCount', '市内在住者数'],
	['foundedOn', '設立日'],
	['registeredOn', '登録日'],
	['memorandumOn', '覚書の日'],
	['contactPhone', '連絡先'],
	['schools', '学区'],
	['note', '備考']
] as const;

const other: Record<string, AssociationKind> = {
	町会: 'neighbourhood',
	自治会: 'neighbourhood',
	防犯協会: 'crimePrevention',
	見守り団体: 'crimePrevention'
};

/** The kind behind the word of a cell. */
export function kindOf(cell: string): string {
	const word = cell.normalize('NFKC').trim();
	return Object.entries(kindWords).find(([, name]) => name === word)?.[0] ?? other[word] ?? word;
}

/** Several schools in one cell are parted by 、 */
export const schoolsIn = (cell: string) =>
	cell
		.split(/[、,;\n]/)
		.map((one) => one.trim())
		.filter(Boolean);
