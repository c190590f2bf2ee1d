/**
 * Loaded into a measured server (`node --import`): SIGUSR2 begins the measuring anew, and as the process ends it writes how long its
 * event loop kept others waiting. The server itself knows nothing of it.
 */
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** In milliseconds; `busy` is the share of the time in which the loop had work. */
export type Lag = { p50: number; p99: number; max: number; busy: number; megabytes: number };

export const LAG = 'event loop lag ';
const EVERY = 10;

if (isMainThread && process.env.MEASURE_LAG) {
	const delay = monitorEventLoopDelay({ resolution: EVERY });
	delay.enable();
	let since = performance.eventLoopUtilization();
	process.on('SIGUSR2', () => {
		delay.reset();
		since = performance.eventLoopUtilization();
	});
	process.on('exit', () => {
		// What is recorded is the whole time between two looks.
		const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - EVERY);
		const busy = performance.eventLoopUtilization(since).utilization;
		const megabytes = process.resourceUsage().maxRSS / 1024;
		const lag: Lag = {
			p50: ms(delay.percentile(50)),
			p99: ms(delay.percentile(99)),
			max: ms(delay.max),
			busy,
			megabytes
		};
		console.log(LAG + JSON.stringify(lag));
	});
}
