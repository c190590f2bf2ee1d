/** Once per run: the invented town as a file that every worker copies. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default function lay(): () => void {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-journeys-'));
	const file = join(folder, 'town.db');
	execFileSync('node', ['src/demo/seed-cli.ts', file], { stdio: 'inherit' });
	process.env.TOWN_TEMPLATE = file;
	return () => rmSync(folder, { recursive: true, force: true });
}
