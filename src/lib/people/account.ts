/** What forms about accounts send. Runs on both ends. */
import * as z from 'zod/mini';
import { foldLoginId } from './login.ts';
import { newPassword } from './password.ts';

export const passwordChange = z.object({
	current: z.string().check(z.minLength(1, 'error_required'), z.maxLength(1000)),
	password: newPassword()
});

export const loginId = () =>
	z.pipe(
		z.pipe(z.string(), z.transform(foldLoginId)),
		z.string().check(z.regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, 'error_login_id'))
	);

/** A first account: id and password. */
export const newAccount = z.object({ loginId: loginId(), password: newPassword() });
