/** The CSV table of the store: one line per item and size. Its heads and words are Japanese in every language: files outlive screens. */
import type { Mode } from './item.ts';

export const heads = {
	name: '品目',
	size: 'サイズ',
	unit: '単位',
	mode: '渡し方',
	onHand: '在庫',
	allocated: '引当',
	free: '渡せる数',
	reorderAt: '発注のめやす'
} as const;
export const modeWords: Record<Mode, string> = { issue: '支給', loan: '貸与' };

/** The mode behind the word of a cell; nothing written is 支給. */
export const modeOf = (cell: string): string =>
	Object.entries(modeWords).find(([, word]) => word === cell.trim())?.[0] ?? (cell.trim() === '' ? 'issue' : cell);
