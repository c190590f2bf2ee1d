/** Starts client processes that press at once, and gathers what they were answered. */
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type { Answered, Orders, Press } from './press.ts';

/** 出ます on a watch. */
export const joins = (cookie: string, shift: string): Press => ({ cookie, path: '/shifts?/join', body: `id=${shift}` });

/** One process per set of orders, all at the same time. */
export async function pressAtOnce(all: readonly Orders[]): Promise<Answered[]> {
	return Promise.all(
		all.map(async (orders) => {
			const child = spawn('node', ['tests/press.ts'], { stdio: ['pipe', 'pipe', 'inherit'] });
			child.stdin.end(JSON.stringify(orders));
			return JSON.parse(await text(child.stdout)) as Answered;
		})
	);
}
