import * as z from 'zod/mini';
import { foldCode, isCode } from '#lib/people/code.ts';
import { openForm } from '#lib/server/http/open-form.ts';
import type { Actions } from './$types';

const codeForm = z.object({
	code: z.pipe(z.pipe(z.string(), z.transform(foldCode)), z.string().check(z.refine(isCode, 'error_code_shape')))
});

export const actions: Actions = {
	default: openForm(codeForm, async ({ code }) => `/join/${code}`)
};
