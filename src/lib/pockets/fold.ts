/** Telling two applications for the same house. Pure. */
import { foldKana } from '#lib/people/member.ts';

/** Digits only. */
export const phoneFold = (phone: string | null): string | null => phone?.replace(/\D/g, '') || null;

const kanji = '〇一二三四五六七八九';
/** 十二 → 12; up to 99, which is more 丁目 than any town has. */
const numberOf = (text: string): string => {
	const [tens, ones] = text.includes('十') ? text.split('十') : ['', text];
	const digit = (one: string | undefined) => (one ? kanji.indexOf(one) : 0);
	return String((text.includes('十') ? (tens ? digit(tens) : 1) * 10 : 0) + digit(ones));
};

/**
 * An address without the ways of writing it: widths, blanks, 一丁目 and 1丁目, 番地, 番, 号 and hyphens. For comparing only, it is
 * never shown.
 */
export const addressFold = (address: string): string =>
	foldKana(address)
		.toLowerCase()
		.replace(/[〇一二三四五六七八九十]+(?=丁目|番|号|条)/g, numberOf)
		.replace(/丁目|番地の?|番|号室?|[−‐–—―ー－]|(?<=\d)の(?=\d)/g, '-')
		.replace(/\s+/g, '')
		.replace(/-+/g, '-')
		.replace(/^-|-$/g, '');
