/** 50,000 logs and 500 bodies: what the log list, the month view and the report page cost the server, page and all. */
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { startServer, type Server } from '../journeys/server.ts';
import { bigTown } from './big-town.ts';
import type { Figures } from './run.ts';

const today = jstDay(new Date());
const year = fiscalYearOf(today);
const pages = {
	'log list, newest': '/patrols',
	'log list, waiting': '/patrols?state=waiting',
	'log list, sent back (rare)': '/patrols?state=sentBack',
	'log list, a month three years ago': `/patrols?month=${addDays(today, -1100).slice(0, 7)}`,
	'report page of the last fiscal year': `/reports/${year - 1}`,
	'rows behind a number': `/reports/${year - 1}/patrols?programme=schoolWatch`,
	'month view': '/watches'
} as const;

async function signIn(server: Server, loginId: string): Promise<string> {
	const answer = await fetch(`${server.origin}/login`, {
		method: 'POST',
		redirect: 'manual',
		headers: { accept: 'text/html', origin: server.origin, 'content-type': 'application/x-www-form-urlencoded' },
		body: new URLSearchParams({ loginId, password: 'mimamori-demo', next: '' })
	});
	const cookies = answer.headers.getSetCookie().map((one) => one.split(';')[0]);
	if (answer.status !== 303) throw new Error(`${loginId} is not let in: ${answer.status}`);
	return cookies.join('; ');
}

/** The median of eleven requests after two to warm up, as the server answers them one by one. */
async function cost(server: Server, cookie: string, path: string): Promise<number> {
	const times: number[] = [];
	for (let n = 0; n < 13; n++) {
		const started = performance.now();
		const answer = await fetch(server.origin + path, { headers: { cookie, accept: 'text/html' } });
		await answer.text();
		if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
		if (n > 1) times.push(performance.now() - started);
	}
	return times.sort((a, b) => a - b)[5]!;
}

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
