/** Finds a Chromium for the journeys, or fetches one. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** A Chromium that is already here, the one without windows first: a quarter less work. Undefined lets Playwright use its own. */
export function installedChromium(): string | undefined {
	const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
	const paths = (process.env.PATH ?? '').split(':').flatMap((folder) => names.map((name) => `${folder}/${name}`));
	const usual = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];
	return [process.env.CHROMIUM, ...usual, ...paths].find((path) => path && existsSync(path));
}

const run = (command: string, args: string[]) => spawnSync(command, args, { stdio: 'inherit' }).status === 0;

/** Whether a browser starts and answers, not merely whether there is a file: it may lack libraries of the system. */
function starts(): boolean {
	const script =
		`import { chromium } from '@playwright/test';` +
		`const browser = await chromium.launch({ executablePath: process.argv[1] || undefined, args: ['--no-sandbox'] });` +
		`await browser.close();`;
	const path = installedChromium() ?? '';
	return spawnSync('node', ['--input-type=module', '-e', script, path], { timeout: 60_000 }).status === 0;
}

/** An existing Chromium, else Playwright's own, else Debian's package. False when there is none to be had. */
export function provideBrowser(): boolean {
	if (starts()) return true;
	console.log('No browser that starts: fetching one');
	if (run('npx', ['playwright', 'install', 'chromium']) && starts()) return true;
	const root = process.getuid?.() === 0;
	if (!root || !existsSync('/usr/bin/apt-get')) return false;
	run('apt-get', ['update', '-qq']);
	run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium-headless-shell', 'fonts-noto-cjk']);
	return starts();
}
