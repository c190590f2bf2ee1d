/** Codes that are read from paper and typed by hand. Runs on both ends. */

/** No 0/O, 1/I/L, and no letters that look alike in handwriting (U/V, 2/Z, 5/S). */
export const alphabet = '346789ABCDEFGHJKMNPQRTVWXY';
export const CODE_LENGTH = 8;

/** What was typed as it is compared: full-width folded, capitals, no spaces or dashes. */
export const foldCode = (typed: string) =>
	typed
		.normalize('NFKC')
		.toUpperCase()
		.replace(/[\s\-‐−ー―]/g, '');

/** Has it the shape of a code? */
export const isCode = (folded: string) =>
	folded.length === CODE_LENGTH && [...folded].every((letter) => alphabet.includes(letter));

/** As it is printed: ABCD-EFGH. */
export const printed = (code: string) => `${code.slice(0, 4)}-${code.slice(4)}`;
