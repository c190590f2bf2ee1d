/** Fifty pushes a second for ten minutes (`DURATION` in seconds), each one log of one of 3,000 phones, into a town of five years. */
import { asPromised, figuresOf, fromTheField } from './field.ts';
import type { Figures } from './run.ts';

export const once = true;

const RATE = 50;
const seconds = Number(process.env.DURATION || 600);

export default async function measure(): Promise<Figures> {
	const pushes = RATE * seconds;
	const found = await fromTheField(3000, { pushes, opsEach: 1, within: seconds * 1000, evenly: true });
	asPromised(found);
	return {
		[`logs sent in ${seconds} s at ${RATE}/s`]: { value: found.sent, unit: '' },
		'stored, each once': { value: (found.stored / found.sent) * 100, unit: '%', aim: '100' },
		'told to come later, or no answer': { value: found.later + found.failed, unit: '' },
		...figuresOf(found, '< 200')
	};
}
