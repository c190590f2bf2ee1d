/** What a leader writes about a member. Names stay as typed (髙, 﨑, ㈱); only telephone numbers are folded. */
import * as z from 'zod/mini';

const trimmed = (longest: number) =>
	z.pipe(
		z.pipe(
			z.string(),
			z.transform((text) => text.replace(/^[\s\u3000]+|[\s\u3000]+$/g, ''))
		),
		z.string().check(z.maxLength(longest, 'error_too_long'))
	);

/** Text that must not be empty; outer blanks go. */
export const words = (longest = 60) => z.pipe(trimmed(longest), z.string().check(z.minLength(1, 'error_required')));

/** Text that may be left out: an empty box is null. */
export const wordsOrNone = (longest = 60) =>
	z.pipe(
		z.optional(trimmed(longest)),
		z.transform((text) => text || null)
	);

/** A telephone number: half-width digits, hyphens as typed, 10 or 11 digits from 0. Null when nothing is typed. */
export function foldPhone(typed: string): string | null | undefined {
	const plain = typed
		.replace(/[０-９]/g, (d) => String.fromCharCode(d.charCodeAt(0) - 0xfee0))
		.replace(/[－−‐–—ー―]/g, '-')
		.replace(/[（）()\s\u3000]/g, (sign) => (/[（(）)]/.test(sign) ? '-' : ''))
		.replace(/-+/g, '-')
		.replace(/^-|-$/g, '');
	if (!plain) return null;
	return /^0\d{9,10}$/.test(plain.replaceAll('-', '')) && /^[\d-]+$/.test(plain) ? plain : undefined;
}

export const phoneOrNone = () =>
	z.pipe(
		z.pipe(
			z.optional(z.string()),
			z.transform((text) => foldPhone(text ?? ''))
		),
		z.custom<string | null>((phone) => phone !== undefined, 'error_phone')
	);

/** Katakana and half-width kana as hiragana, so that sorting does not care how it was typed. */
export const foldKana = (typed: string) =>
	typed
		.normalize('NFKC')
		.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60))
		.replace(/\s+/g, ' ')
		.trim();

/** Kana for sorting: katakana is taken too, anything else is refused. May be empty. */
export const kana = () =>
	z.pipe(
		z.pipe(
			wordsOrNone(80),
			z.transform((text) => foldKana(text ?? ''))
		),
		z.string().check(z.regex(/^[\p{Script=Hiragana}ー・ A-Za-z'’-]*$/u, 'error_kana'))
	);

export const memberForm = z.object({
	name: words(),
	kana: kana(),
	phone: phoneOrNone(),
	duty: wordsOrNone(30)
});
export type MemberInput = z.output<typeof memberForm>;

export const leaveReasons = ['moved', 'retired', 'died', 'mistake', 'other'] as const;
export type LeaveReason = (typeof leaveReasons)[number];
export const leaveForm = z.object({ reason: z.enum(leaveReasons, 'error_choose') });
