import { readRunIn, wholeRunInForm } from '#lib/pockets/runInForms.ts';
import { writeRunIn } from '#lib/pockets/runIns.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { RuleBroken } from '#lib/server/errors.ts';
import { form } from '#lib/server/http/forms.ts';

/** A host telephoned: the clerk writes down what it told. `?number=` comes from the page of the home in the register. */
export const load = ({ url }) => ({ form: newId(), number: url.searchParams.get('number') ?? '' });

export const actions = {
	default: form(wholeRunInForm, async (tx, actor, sent) => {
		const now = new Date();
		const read = readRunIn(sent, now);
		if ('errors' in read) {
			const [field, code] = Object.entries(read.errors)[0] ?? ['form', 'error_input'];
			throw new RuleBroken(code, field);
		}
		await writeRunIn(tx, actor, sent.id, read.payload, now);
		return `/pockets/run-ins/${sent.id}`;
	})
};
