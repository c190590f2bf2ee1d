/** The words of 継続確認. */
import * as m from '#lib/words/messages.js';
import type { Method, Result, Standing } from './confirmation.ts';

const resultWords: Record<Result, () => string> = {
	stays: () => m.rounds_result_stays(),
	changes: () => m.rounds_result_changes(),
	withdrew: () => m.rounds_result_withdrew(),
	moved: () => m.rounds_result_moved(),
	closed: () => m.rounds_result_closed(),
	unreachable: () => m.rounds_result_unreachable(),
	silent: () => m.rounds_result_silent()
};
const methodWords: Record<Method, () => string> = {
	link: () => m.rounds_method_link(),
	postcard: () => m.rounds_method_postcard(),
	visit: () => m.rounds_method_visit(),
	phone: () => m.rounds_method_phone(),
	office: () => m.rounds_method_office()
};
const standingWords: Record<Standing, () => string> = {
	open: () => m.rounds_standing_open(),
	confirmed: () => m.rounds_standing_confirmed(),
	leaving: () => m.rounds_standing_leaving(),
	ended: () => m.rounds_standing_ended()
};
/** As the host is asked: in the first person. */
const hostWords = {
	stays: () => m.rounds_host_stays(),
	changes: () => m.rounds_host_changes(),
	withdrew: () => m.rounds_host_withdrew(),
	moved: () => m.rounds_host_moved(),
	closed: () => m.rounds_host_closed()
};

export const resultName = (result: Result) => resultWords[result]();
export const methodName = (method: Method) => methodWords[method]();
export const standingName = (standing: Standing) => standingWords[standing]();
export const hostAnswer = (result: keyof typeof hostWords) => hostWords[result]();
