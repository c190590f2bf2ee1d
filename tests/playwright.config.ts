import { defineConfig, devices } from '@playwright/test';
import { installedChromium } from './browser.ts';

// Half of what the journeys do is wait, for the other side or for the clock: two cores carry three.
const workers = Number(process.env.WORKERS || 3);

/** The office decides, counts and prints at a desk; how its screens fit a phone is looked at page by page in `look`. */
const officeOnly = ['equipment', 'equipment-decision', 'equipment-papers'].map((name) => `journeys/${name}.spec.ts`);
const streetOnly = ['field', 'sync'].map((name) => `journeys/${name}.spec.ts`);

export default defineConfig({
	testDir: '.',
	testMatch: ['journeys/**/*.spec.ts', 'security/**/*.spec.ts', 'races/**/*.spec.ts', 'faults/**/*.spec.ts'],
	outputDir: '../test-results',
	globalSetup: './journeys/template.ts',
	fullyParallel: false,
	workers,
	forbidOnly: true,
	retries: 0,
	// A slow machine is no fault: what hangs is found all the same.
	timeout: 180_000,
	expect: { timeout: 20_000 },
	reporter: [['list'], ['json', { outputFile: '../test-results/journeys.json' }]],
	use: {
		locale: 'ja-JP',
		timezoneId: 'Asia/Tokyo',
		// Recording every step of every test costs a third of the whole run: TRACE=1 when looking for a fault.
		trace: process.env.TRACE ? 'retain-on-failure' : 'off',
		screenshot: 'only-on-failure',
		launchOptions: {
			executablePath: installedChromium(),
			args: ['--no-sandbox', '--disable-background-networking', '--disable-quic']
		}
	},
	projects: [
		{
			name: 'phone',
			// No browser in there, or screens of the office's desk: once is enough.
			testIgnore: ['security/**', 'races/**', 'faults/**', ...officeOnly],
			use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }
		},
		// What is walked in the street is walked on a phone, and the narrowest one is no wider at the desk.
		{
			name: 'desk',
			testIgnore: streetOnly,
			grepInvert: /narrowest phone/,
			use: { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } }
		}
	]
});
