/** 3,000 phones with five logs each, all back on the net within a minute (`WITHIN` in seconds): a valley whose mast works again. */
import { asPromised, figuresOf, fromTheField } from './field.ts';
import type { Figures } from './run.ts';

export const once = true;

const PHONES = 3000;
const seconds = Number(process.env.WITHIN || 60);

export default async function measure(): Promise<Figures> {
	const orders = { pushes: PHONES, opsEach: 5, within: seconds * 1000, evenly: false };
	const found = await fromTheField(PHONES, orders);
	asPromised(found);
	return {
		[`logs of ${PHONES} phones back within ${seconds} s`]: { value: found.sent, unit: '' },
		'stored, each once': { value: (found.stored / found.sent) * 100, unit: '%', aim: '100' },
		'until all are stored': { value: found.ms / 1000, unit: 's' },
		'told to come later': { value: found.later, unit: '' },
		'no answer': { value: found.failed, unit: '' },
		...figuresOf(found)
	};
}
