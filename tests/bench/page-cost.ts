/** What a page costs the server. */
import { readFileSync } from 'node:fs';
import type { Server } from '../journeys/server.ts';

/** Signs somebody of the invented town in; returns the cookies. */
export async function signIn(server: Server, loginId: string): Promise<string> {
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

/** What a page costs: `answered` in milliseconds, and of the processor, which does not grow when others want it too (undefined where the system does not say). */
export type Cost = { answered: number; processor: number | undefined };

/** Milliseconds of processor time that the first thread of a process has had, in steps of ten: not what its backup takes beside it. */
function processorOf(pid: number): number | undefined {
	try {
		const fields = readFileSync(`/proc/${pid}/task/${pid}/stat`, 'utf8')
			.replace(/^.*\) /, '')
			.split(' ');
		return (Number(fields[11]) + Number(fields[12])) * 10;
	} catch {
		return undefined;
	}
}

/** The median of eleven requests after two to warm up, as the server answers them one by one, and the mean of the processor's time. */
export async function costs(server: Server, cookie: string, path: string): Promise<Cost> {
	const times: number[] = [];
	let before: number | undefined;
	for (let n = 0; n < 13; n++) {
		if (n === 2) before = processorOf(server.pid());
		const started = performance.now();
		const answer = await fetch(server.origin + path, { headers: { cookie, accept: 'text/html' } });
		await answer.text();
		if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
		if (n > 1) times.push(performance.now() - started);
	}
	const after = processorOf(server.pid());
	const processor = after === undefined || before === undefined ? undefined : (after - before) / times.length;
	return { answered: times.sort((a, b) => a - b)[5]!, processor };
}

/** The same in milliseconds alone. */
export const cost = async (server: Server, cookie: string, path: string): Promise<number> =>
	(await costs(server, cookie, path)).answered;
