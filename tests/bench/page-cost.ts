/** What a page costs the server. */
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

/** The median of eleven requests after two to warm up, as the server answers them one by one. */
export async function cost(server: Server, cookie: string, path: string): Promise<number> {
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
