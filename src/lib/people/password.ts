/** What a password of a leader or of staff must be. Runs on both ends; any Unicode, its exact bytes count. */
import * as z from 'zod/mini';
import { commonWords } from './common-passwords.ts';

export const SHORTEST = 10;
/** Long enough for any phrase; short enough that nobody makes the server hash a book. */
export const LONGEST_BYTES = 1000;

const letters = (text: string) => [...text];
const bytes = (text: string) => new TextEncoder().encode(text).length;

/** A new password as forms send it: typed twice or shown, never trimmed. */
export const newPassword = () =>
	z.string().check(
		z.refine((text) => letters(text).length >= SHORTEST, 'error_password_short'),
		z.refine((text) => bytes(text) <= LONGEST_BYTES, 'error_password_long')
	);

const plain = (text: string) =>
	text
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\d\p{P}\p{S}\s_]/gu, '');

/**
 * Is it easily guessed? `names` are the town's own: of the municipality, its bodies, schools and sections, and of the person.
 * Digits and signs around a word do not make it better, nor does repeating it, nor one letter or a row of digits alone.
 */
export function isGuessable(password: string, names: readonly string[]): boolean {
	const bare = plain(password);
	// Digits and signs alone are a birthday, a telephone number or a row of keys.
	if (new Set(letters(bare)).size <= 1) return new Set(letters(password)).size < 12;
	const words = [...commonWords, ...names].map(plain).filter((word) => letters(word).length >= 2);
	return words.some((word) => bare.replaceAll(word, '') === '');
}
