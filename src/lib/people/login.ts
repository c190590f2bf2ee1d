/** What the sign-in page sends. Runs on both ends. */
import * as z from 'zod/mini';

/** Ids are compared folded: full-width letters and capitals of a phone keyboard are the same id. */
export const foldLoginId = (typed: string) => typed.normalize('NFKC').trim().toLowerCase();

export const loginForm = z.object({
	loginId: z.pipe(z.string().check(z.minLength(1, 'error_required'), z.maxLength(100)), z.transform(foldLoginId)),
	password: z.string().check(z.minLength(1, 'error_required'), z.maxLength(1000, 'error_password_long')),
	next: z.optional(z.string())
});

/** A path of this site to go on to, or the start. Anything that could lead elsewhere is the start. */
export function ownPath(next: string | null | undefined, start = '/home'): string {
	// A backslash counts as a slash in browsers; a control character may hide one.
	if (!next || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes('\\')) return start;
	return next;
}
