/** Makes system calls of a running process fail, or writes them down. Linux with strace only: `strace` is undefined elsewhere. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const strace = ['/usr/bin/strace', '/usr/local/bin/strace'].find((path) => existsSync(path));
export const missing = 'strace is not here: this fault is shown by the unit tests named beside it in the registry only';

export type Watched = { calls: () => string; detach: () => Promise<void> };

/** Attaches to a process; resolves once it is watched. `more` are strace's own words: `-e inject=fsync:error=EIO`. */
export async function attach(pid: number, ...more: string[]): Promise<Watched> {
	const file = join(tmpdir(), `mimamori-strace-${pid}-${Date.now()}`);
	const child = spawn(strace!, ['-f', '-y', '-p', String(pid), '-o', file, ...more], {
		stdio: ['ignore', 'ignore', 'pipe']
	});
	const gone = new Promise<void>((done) => child.once('exit', () => done()));
	await new Promise<void>((done, failed) => {
		let said = '';
		child.stderr.on('data', (data: Buffer) => {
			said += data.toString();
			if (/attached/.test(said)) done();
		});
		void gone.then(() => failed(new Error(`strace: ${said}`)));
	});
	return {
		calls: () => (existsSync(file) ? readFileSync(file, 'utf8') : ''),
		detach: async () => {
			child.kill('SIGINT');
			await gone;
		}
	};
}
