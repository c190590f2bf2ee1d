import { defineConfig, devices } from '@playwright/test';
import { installedChromium } from './browser.ts';

// Half of what the journeys do is wait, for the other side or for the clock: two cores carry three.
const workers = Number(process.env.WORKERS || 3);

/**
 * Each journey is walked where its people are: the office decides, counts and prints at a desk, the street is on the phone. What is in
 * neither list is walked on both; how every kind of page fits is looked at in `look`.
 */
const spec = (name: string) => `journeys/${name}.spec.ts`;
const office = [
	'closing',
	'equipment',
	'equipment-decision',
	'equipment-papers',
	'outreach',
	'plans',
	'patrols',
	'pockets-import',
	'pockets-register',
	'pockets-year',
	'sheets',
	'reports-since',
	'whole-year'
];
const street = [
	...['engine', 'equipment-draft', 'equipment-request', 'equipment-usage', 'field', 'notices'],
	...['people', 'pockets-map', 'pockets-runin', 'sync', 'watches']
];

const phone = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const desk = { ...devices['Desktop Chrome'], viewport: { width: 1280, height: 800 } };

export default defineConfig({
	testDir: '.',
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
	// A project has workers of its own, and so towns of its own: five hundred waiting records of a fault stand in nobody else's list.
	projects: [
		{ name: 'phone', testMatch: 'journeys/**/*.spec.ts', testIgnore: office.map(spec), use: phone },
		// The narrowest phone is no wider at the desk.
		{
			name: 'desk',
			testMatch: 'journeys/**/*.spec.ts',
			testIgnore: street.map(spec),
			grepInvert: /narrowest phone/,
			use: desk
		},
		// What breaks on purpose, and who may not.
		{ name: 'faults', testMatch: 'faults/**/*.spec.ts', use: desk },
		{ name: 'security', testMatch: ['security/**/*.spec.ts', 'races/**/*.spec.ts'], use: desk }
	]
});
