/** SIGKILL for the whole browser at the very moment it says 「この端末に保存しました」: no other promise of ours is as often relied on. */
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from '@playwright/test';
import { installedChromium } from '../browser.ts';
import { expect, tilesFromDrawer } from '../journeys/fixtures.ts';
import { drain, every, fill, ready, saveButton, saved, test } from './field.ts';
import { allArrived, nothingLost, onPhone } from './oracle.ts';

const rounds = Number(process.env.ROUNDS || 3);

/** Kills every process of the browser with this profile, and waits until none is left. */
async function killAll(profile: string): Promise<void> {
	const mine = () =>
		readdirSync('/proc').filter((pid) => {
			try {
				return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(profile);
			} catch {
				return false;
			}
		});
	for (const pid of mine()) {
		try {
			process.kill(Number(pid), 'SIGKILL');
		} catch {
			// It went with its parent.
		}
	}
	await expect.poll(mine).toEqual([]);
}

test('a browser that is killed right after it said saved has it at the next start', async ({ net, server }) => {
	test.setTimeout(60_000 + rounds * 20_000);
	const profile = mkdtempSync(join(tmpdir(), 'mimamori-profile-'));
	const start = async (): Promise<{ context: BrowserContext; page: Page }> => {
		const context = await chromium.launchPersistentContext(profile, {
			executablePath: installedChromium(),
			args: ['--no-sandbox', '--disable-background-networking', '--disable-quic'],
			locale: 'ja-JP',
			timezoneId: 'Asia/Tokyo',
			baseURL: net.origin
		});
		await tilesFromDrawer(context);
		return { context, page: context.pages()[0] ?? (await context.newPage()) };
	};
	const kept: string[] = [];
	try {
		// Once in peace: who this phone belongs to is on the disk, as on a phone that was used before.
		const first = await start();
		await ready(first.page, net);
		await first.context.close();
		every(net, { is: 'dropRequest' });
		for (let round = 1; round <= rounds; round++) {
			const { page } = await start();
			await fill(page, `強制終了 ${round}`);
			expect((await onPhone(page)).map(({ remarks }) => remarks).toSorted()).toEqual(kept.toSorted());
			await saveButton(page).click();
			await page.getByRole('button', { name: 'このまま保存' }).click();
			await saved(page).waitFor();
			await killAll(profile);
			kept.push(`強制終了 ${round}`);
		}
		const { page, context } = await start();
		await ready(page, net);
		await nothingLost([page], server.database, '強制終了', kept);
		await drain(page, net);
		await allArrived([page], server.database, '強制終了', kept);
		await context.close();
		console.log(`${rounds} kills of the browser right after it said saved: 0 lost`);
	} finally {
		await killAll(profile);
		rmSync(profile, { recursive: true, force: true });
	}
});
