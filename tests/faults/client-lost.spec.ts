/** Faults that take something away from the browser's store: emptied, thrown away, bits that flip. */
import { readFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, signIn } from '../journeys/fixtures.ts';
import { drain, every, fill, isPush, otherPhone, ready, record, save, sendNow, test, waits } from './field.ts';
import { allArrived, atServer, nothingLost, onPhone } from './oracle.ts';
import { flip, multiply, sealedOf } from './outbox.ts';

/** What the browser throws at whoever was reading at that moment. */
const cut = /Force close delete origin/;

test('a store that is emptied under an open page: what is on screen is saved, what had arrived stays arrived', async ({
	page,
	net,
	server,
	expectProblems
}) => {
	expectProblems(cut);
	await ready(page, net);
	const before = await record(page, 'データ消去 前');
	await drain(page, net);
	const [gone] = await onPhone(page);
	await fill(page, 'データ消去 後');
	const browser = await page.context().newCDPSession(page);
	await browser.send('Storage.clearDataForOrigin', { origin: net.origin, storageTypes: 'indexeddb' });
	await save(page);
	const [made, ...others] = await onPhone(page);
	expect(others).toEqual([]);
	// A new count from one: the server sees another store of the same phone, not a gap.
	expect(made).toMatchObject({ seq: 1, remarks: 'データ消去 後' });
	expect(made!.id).not.toBe(gone!.id);
	await drain(page, net);
	await allArrived([page], server.database, 'データ消去', [before, 'データ消去 後']);
});

/** How many records each declared loss counts, the oldest first. */
function declaredLosses(file: string): unknown[] {
	const base = new Database(file, { readonly: true });
	const counts = base.prepare('select count from sync_loss order by at').pluck().all();
	base.close();
	return counts;
}

test('records that were waiting when the browser threw its store away: counted for the person, and for the leader', async ({
	page,
	net,
	server,
	expectProblems
}) => {
	expectProblems(cut);
	const before = declaredLosses(server.database);
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await record(page, '端末の保存が消えた');
	const all = await multiply(page, 103);
	// A push begun with the one record before these is over.
	await page.goto('about:blank');
	// The first hundred arrive, and with them that there are three more.
	let n = 0;
	net.fault = (method, path) => (isPush(method, path) && n++ > 0 ? { is: 'dropRequest' } : undefined);
	await page.goto('/patrol/sent');
	await expect.poll(() => atServer(server.database, '端末の保存が消えた').length).toBe(100);
	await expect.poll(() => n).toBeGreaterThan(1);
	const browser = await page.context().newCDPSession(page);
	const storageTypes = 'indexeddb,local_storage,cache_storage,service_workers';
	await browser.send('Storage.clearDataForOrigin', { origin: net.origin, storageTypes });
	net.fault = () => undefined;
	await page.goto('/patrol');
	await expect(page.getByText('当番の情報')).toBeVisible();
	await record(page, '端末の保存が消えた あと');
	await drain(page, net);
	await page.reload();
	await expect(page.getByText(/少なくとも 3件失われました/)).toBeVisible();
	expect(declaredLosses(server.database)).toEqual([...before, 3]);
	const arrived = atServer(server.database, '端末の保存が消えた').map(({ remarks }) => remarks);
	expect(all.filter((remarks) => !arrived.includes(remarks))).toHaveLength(3);
	await nothingLost([page], server.database, '端末の保存が消えた', arrived);
	const leader = await otherPhone(page, net);
	await signIn(leader, 'leader');
	await leader.goto('/phones');
	await expect(leader.getByText(/少なくとも 3件が失われました/)).toBeVisible();
});

test('a record whose bits flipped on the device is shown as unreadable and delays nobody', async ({
	page,
	net,
	server
}) => {
	await ready(page, net);
	every(net, { is: 'dropRequest' });
	await record(page, '壊れた行');
	const [first, , third] = await multiply(page, 3);
	await flip(page, 2);
	await page.goto('/patrol/sent');
	await expect(page.getByText('この端末で読めなくなりました')).toHaveCount(1);
	net.fault = () => undefined;
	await sendNow(page);
	await expect(waits(page)).toBeHidden();
	await expect(page.getByText('この端末で読めなくなりました')).toHaveCount(1);
	await allArrived([page], server.database, '壊れた行', [first!, third!]);
	const broken = (await onPhone(page)).filter(({ state }) => state === 'broken');
	expect(broken).toHaveLength(1);
	// What is left of it leaves the phone as a file: which one it is, and its bytes as they lie here.
	const coming = page.waitForEvent('download');
	await page
		.getByRole('article')
		.filter({ hasText: 'この端末で読めなくなりました' })
		.getByRole('button', { name: 'ファイルに残す' })
		.click();
	const file = JSON.parse(readFileSync(await (await coming).path(), 'utf8')) as Record<string, string>;
	const { id, seq, hash } = broken[0]!;
	expect(file).toMatchObject({ id, seq, hash, kind: 'patrol.submit', data: await sealedOf(page, id) });
	expect(JSON.stringify(file)).not.toContain('壊れた行');
});
