/** 50,000 logs and 500 bodies: what the log list, the month view and the report page cost the server, page and all. */
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { startServer } from '../journeys/server.ts';
import { bigTown } from './big-town.ts';
import { cost, signIn } from './page-cost.ts';
import type { Figures } from './run.ts';

const today = jstDay(new Date());
const year = fiscalYearOf(today);
/** Lists that grow with the years. */
export const pages = {
	'log list, newest': '/patrols',
	'log list, waiting': '/patrols?state=waiting',
	'log list, sent back (rare)': '/patrols?state=sentBack',
	'log list, a month three years ago': `/patrols?month=${addDays(today, -1100).slice(0, 7)}`,
	'table of the last fiscal year': `/reports/${year - 1}`,
	'report page of the last fiscal year': `/reports/${year - 1}/activities`,
	'rows behind a number': `/reports/${year - 1}/patrols?programme=schoolWatch`,
	'month view': '/watches'
} as const;

export default async function measure(): Promise<Figures> {
	const server = await startServer(await bigTown());
	try {
		const found: Figures = {};
		for (const loginId of ['safety', 'leader'] as const) {
			const cookie = await signIn(server, loginId);
			for (const [name, path] of Object.entries(pages))
				found[`${loginId}: ${name}`] = { value: await cost(server, cookie, path), unit: 'ms', aim: '< 100' };
		}
		return found;
	} finally {
		await server.remove();
	}
}
