/** The first setup: the city, its sections, the first administrator. Runs on both ends. */
import * as z from 'zod/mini';
import { loginId } from './account.ts';
import { words, wordsOrNone } from './member.ts';
import { newPassword } from './password.ts';

export const setupForm = z.object({
	token: z.string(),
	city: words(40),
	safety: words(40),
	guidance: words(40),
	/** Further sections, one a line. */
	sections: wordsOrNone(2000),
	name: words(),
	loginId: loginId(),
	password: newPassword()
});
export type SetupInput = z.output<typeof setupForm>;
