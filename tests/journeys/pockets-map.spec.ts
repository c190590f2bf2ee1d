/** Maps of the refuge homes: for everybody, for those who watch, on paper; what each may know, and that nobody learns where one stands. */
import { gzipSync } from 'node:zlib';
import { directionOf, farWords } from '../../src/lib/map/bearing.ts';
import { metresBetween } from '../../src/lib/map/length.ts';
import type { PublicMap } from '../../src/lib/pockets/geojson.ts';
import { axe, expect, fits, signIn, test } from './fixtures.ts';
import { rowsIn } from './town.ts';

const tileX = (lng: number, z: number) => Math.floor(((lng + 180) / 360) * 2 ** z);
const tileY = (lat: number, z: number) =>
	Math.floor(((1 - Math.asinh(Math.tan((lat * Math.PI) / 180)) / Math.PI) / 2) * 2 ** z);
const listed = /(\d+)か所のうち30か所を表示/;

test('anybody sees the map: narrowed by kind and district, in the address, one by one on the map', async ({ page }) => {
	await page.goto('/');
	await page.getByRole('link', { name: '地図を見る' }).click();
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('カンガルーのポケットの地図');
	await expect(page.getByText(listed)).toBeVisible();
	await expect(page.getByText('地理院タイル')).toBeVisible();
	// The points have come when the page orders them itself.
	await expect(page.getByRole('button', { name: '近い順に並べる' })).toBeVisible();
	await expect(page.locator('.map-bunch').first()).toBeVisible();
	await axe(page);
	await fits(page);

	await page.locator('summary', { hasText: '絞り込む' }).click();
	await page.getByLabel('種類').selectOption('medical');
	await expect(page).toHaveURL(/\?kind=medical$/);
	const clinics = page.getByRole('listitem').filter({ hasText: '医療機関' });
	await expect(clinics.first()).toBeVisible();
	await expect(page.getByRole('list').getByText('一般家庭')).toHaveCount(0);
	await page.getByLabel('学区').selectOption('本町小学校');
	await expect(page).toHaveURL(/school=/);
	const address = page.url();
	const names = await page.getByRole('heading', { level: 3 }).allTextContents();
	await page.reload();
	await expect(page).toHaveURL(address);
	await expect(page.getByRole('heading', { level: 3 })).toHaveText(names);
	await page.getByRole('link', { name: '絞り込みをやめる' }).click();
	await expect(page.getByText(listed)).toBeVisible();

	const first = page.getByRole('listitem').first();
	const name = (await first.getByRole('heading').textContent())!.trim();
	await first.getByRole('button', { name: /を地図で見る$/ }).click();
	await expect(page.getByRole('status').filter({ hasText: '地図で選んだところ' }).getByText(name)).toBeVisible();
	await page.getByRole('link', { name: /^次の30か所$/ }).click();
	await expect(page.getByText(/のうち60か所を表示/)).toBeVisible();
	await expect(page.getByRole('heading', { name: '場所を載せていないところの数' })).toBeVisible();
});

test('the nearest first, and where I stand is told to nobody', async ({ page, context, server }) => {
	// Outside of the town: no tile that the map shows is one of this place.
	const here = [35.58012345, 139.38098765] as const;
	await context.grantPermissions(['geolocation'], { origin: server.origin });
	await context.setGeolocation({ latitude: here[0], longitude: here[1], accuracy: 8 });
	const asked: string[] = [];
	context.on('request', (request) =>
		asked.push(
			[request.url(), request.postData() ?? '', JSON.stringify(request.headers())].map(decodeURIComponent).join(' ')
		)
	);
	await page.goto('/map');
	await expect(page.locator('.map-bunch').first()).toBeVisible();
	await page.getByRole('button', { name: '近い順に並べる' }).click();
	await expect(page.getByText('近い順に並べました')).toBeVisible();

	const map = (await (await page.request.get('/api/v1/pockets.geojson')).json()) as PublicMap;
	const [nearest] = map.features
		.map(({ geometry: { coordinates }, properties }) => {
			const there = [coordinates[1], coordinates[0]] as const;
			return { ...properties, metres: metresBetween(here, there), direction: directionOf(here, there) };
		})
		.toSorted((a, b) => a.metres - b.metres);
	const first = page.getByRole('listitem').first();
	await expect(first).toContainText(`第${nearest!.number}号`);
	const word = { n: '北', ne: '北東', e: '東', se: '南東', s: '南', sw: '南西', w: '西', nw: '北西' }[
		nearest!.direction
	];
	await expect(first).toContainText(`${word} ${farWords(nearest!.metres)}`);
	// Narrowing goes on from there, in the browser as well.
	await page.locator('summary', { hasText: '絞り込む' }).click();
	await page.getByLabel('種類').selectOption('shop');
	await expect(page).toHaveURL(/\?kind=shop$/);
	await expect(first).toContainText('商店');
	await axe(page);
	expect(asked.length).toBeGreaterThan(3);
	expect(asked.filter((one) => /35\.58|139\.38/.test(one))).toEqual([]);
	// Nor a tile of where one stands: the view did not move there.
	const tiles = asked.flatMap((one) => {
		const [, z, x, y] = /\/(\d+)\/(\d+)\/(\d+)\.png/.exec(one)?.map(Number) ?? [];
		return z === undefined ? [] : [{ z, x: x!, y: y! }];
	});
	expect(tiles.length).toBeGreaterThan(0);
	expect(tiles.filter(({ z, x, y }) => z < 11 || (x === tileX(here[1], z) && y === tileY(here[0], z)))).toEqual([]);
});

test('a phone that does not say where it is keeps its list', async ({ page }) => {
	await page.addInitScript(() => {
		navigator.geolocation.getCurrentPosition = (_, refused) =>
			refused?.({ code: 1, message: '', PERMISSION_DENIED: 1, POSITION_UNAVAILABLE: 2, TIMEOUT: 3 });
	});
	await page.goto('/map');
	await page.getByRole('button', { name: '近い順に並べる' }).click();
	await expect(page.getByText('今いる場所が分かりません', { exact: false })).toBeVisible();
	await expect(page.getByText(listed)).toBeVisible();
});

test('without tiles and without the points the page still says what it has', async ({ page, context }) => {
	await context.route(/cyberjapandata|tiles/, (route) => route.abort());
	await context.route('**/api/v1/pockets.geojson', (route) => route.abort());
	await page.goto('/map');
	await expect(page.getByText('一覧のすべてを読み込めませんでした', { exact: false })).toBeVisible();
	await expect(page.getByText(listed)).toBeVisible();
	await page.locator('summary', { hasText: '絞り込む' }).click();
	await page.getByLabel('種類').selectOption('facility');
	await page.getByRole('button', { name: '絞り込む' }).click();
	await expect(page).toHaveURL(/kind=facility/);
	await expect(page.getByRole('listitem').first()).toContainText('公共施設');
});

test.describe('without JavaScript', () => {
	test.use({ javaScriptEnabled: false });
	test('the filter is a form, the list goes on by links, the numbers stand there', async ({ page }) => {
		await page.goto('/map');
		await page.getByRole('link', { name: '次の30か所' }).click();
		await expect(page).toHaveURL(/from=30/);
		await page.locator('summary', { hasText: '絞り込む' }).click();
		await page.getByLabel('種類').selectOption('home');
		await page.getByLabel('いま人がいるところだけ').check();
		await page.getByRole('button', { name: '絞り込む' }).click();
		await expect(page).toHaveURL(/kind=home/);
		await expect(page).toHaveURL(/open=1/);
		const items = page.getByRole('listitem');
		const open = items.filter({ hasText: 'いま人がいる時間' });
		expect(await items.count()).toBe(await open.count());
		await expect(page.getByRole('row', { name: /^本町一丁目/ })).toBeVisible();
	});
});

test('the map loads at most 90 kB of JavaScript on a first visit, Leaflet and all', async ({ page }) => {
	const scripts: Promise<Buffer>[] = [];
	page.on('requestfinished', (request) => {
		// What the worker fetches ahead for the patrol is not what this page waits for.
		if (request.serviceWorker() || !/\/_app\/.*\.js$/.test(new URL(request.url()).pathname)) return;
		scripts.push(request.response().then((answer) => answer!.body()));
	});
	await page.goto('/map');
	await expect(page.locator('.map-bunch').first()).toBeVisible();
	const bytes = (await Promise.all(scripts)).reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0);
	expect(bytes).toBeGreaterThan(50_000);
	expect(bytes, 'bytes of JavaScript, compressed').toBeLessThanOrEqual(90 * 1024);
});

test('a copy of the public map is kept for when there is no network, and of no other answer', async ({
	page,
	context
}) => {
	// By somebody who is signed in: what is kept is nobody’s all the same.
	await signIn(page, 'volunteer');
	await page.goto('/map');
	await expect
		.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 20_000 })
		.toBe(true);
	await page.reload();
	await expect(page.locator('.map-bunch').first()).toBeVisible();
	const kept = () =>
		page.evaluate(async () => {
			const urls: string[] = [];
			for (const name of await caches.keys())
				for (const { url } of await (await caches.open(name)).keys()) urls.push(new URL(url).pathname);
			return urls.filter((path) => path.startsWith('/api/') || path.includes('__data'));
		});
	await expect.poll(kept).toEqual(['/api/v1/pockets.geojson']);
	await expect.poll(() => page.evaluate(async () => (await caches.match('/map')) !== undefined)).toBe(true);
	await context.setOffline(true);
	const offline = await page.evaluate(async () => {
		const answer = await fetch('/api/v1/pockets.geojson', { credentials: 'omit' });
		return ((await answer.json()) as { features: unknown[] }).features.length;
	});
	expect(offline).toBeGreaterThan(100);
	// The page opens as it was, and says from when it is; nobody’s own page does.
	await page.goto('/map?kind=shop');
	await expect(page.getByText(/通信がありません。.*に受け取った地図を出しています/)).toBeVisible();
	await expect(page.locator('.map-bunch').first()).toBeVisible();
	await page.goto('/pockets/map');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('いま、圏外です');
	// A day later it is gone.
	const text = await page.evaluate(async () => {
		const cache = await caches.open('mp-map-page');
		const kept = await cache.match('/map');
		const body = await kept!.text();
		await cache.put('/map', new Response(body, { headers: { date: new Date(Date.now() - 86_500_000).toUTCString() } }));
		return body;
	});
	expect(text).toContain('signedIn:false');
	await page.goto('/map');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('いま、圏外です');
	expect(
		await page.evaluate(() =>
			fetch('/api/v1/sync/ping').then(
				() => 'answered',
				() => 'nothing'
			)
		)
	).toBe('nothing');
	await context.setOffline(false);
});

test('the answer is known again by its ETag and comes without a body then', async ({ server }) => {
	const url = `${server.origin}/api/v1/pockets.geojson`;
	const first = await fetch(url);
	const etag = first.headers.get('etag')!;
	expect(etag).toMatch(/^"[\w-]{20,}"$/);
	expect(first.headers.get('cache-control')).toBe('no-cache');
	expect(first.headers.get('content-type')).toBe('application/geo+json');
	const again = await fetch(url, { headers: { 'if-none-match': etag } });
	expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, etag, '']);
	const head = await fetch(url, { method: 'HEAD' });
	expect([head.status, head.headers.get('etag')]).toEqual([200, etag]);
	expect((await fetch(url, { method: 'POST', headers: { origin: server.origin } })).status).toBe(405);
});

test('who watches sees the homes of the own districts without names, the school with those who agreed', async ({
	page
}) => {
	await signIn(page, 'volunteer');
	await page.goto('/home');
	await page.goto('/pockets/map');
	await expect(page.getByText(listed)).toBeVisible();
	await expect(page.getByText('ほかの人に話さないでください', { exact: false })).toBeVisible();
	const homes = page.getByRole('listitem').filter({ hasText: '一般家庭' });
	await expect(homes.first()).toBeVisible();
	await expect(page.getByRole('list').getByRole('link', { name: /^0/ })).toHaveCount(0);
	await expect(page.locator('.map-bunch').first()).toBeVisible();
	await expect(page.getByText('継続の確認がまだ').first()).toBeVisible();
	await axe(page);
	await fits(page);

	await signIn(page, 'school');
	await page.goto('/pockets/map');
	await expect(page.getByRole('link', { name: /^042-000-/ }).first()).toBeVisible();
	await expect(page.getByText('本町小学校').first()).toBeVisible();
	await expect(page.getByRole('list').getByText('緑小学校')).toHaveCount(0);
	await axe(page);
	await fits(page);
	// To put up: no home that did not agree to it, no phone. To keep: with names and phones.
	await page.getByRole('link', { name: '印刷用の紙' }).click();
	await expect(page.getByRole('heading', { name: 'カンガルーのポケット（全学区）' })).toBeVisible();
	await expect(page.getByRole('article').getByText(/042-000-/)).toHaveCount(0);
	await expect(page.locator('.map-small').first()).toBeVisible();
	await page.getByRole('radio', { name: /手元で使う/ }).check();
	await page.getByRole('radio', { name: 'A3' }).check();
	await page.getByRole('button', { name: '紙を作る' }).click();
	await expect(
		page
			.getByRole('article')
			.getByText(/042-000-/)
			.first()
	).toBeVisible();
	await expect(page.getByRole('article')).toContainText('貼り出さず');
	await axe(page);
	await fits(page);
});

test('the office sees all of them, and that it looked is in the trail', async ({ page, server }) => {
	const looks = () =>
		rowsIn(server, `SELECT thing || ' ' || (facts ->> 'count') FROM trail WHERE deed = 'pocket.look' ORDER BY rowid`);
	const before = (await looks()).length;
	const [registered] = rowsIn(server, `SELECT count(*) FROM pocket WHERE state = 'registered'`);
	await signIn(page, 'guidance');
	await page.goto('/pockets/map');
	await expect(page.getByText(`${registered}か所のうち30か所を表示`)).toBeVisible();
	expect((await looks()).slice(before)).toEqual([`map ${registered}`]);
	await axe(page);
});

test('on patrol, with no network: the homes of the own districts are on the field map, the nearest by name', async ({
	page,
	context
}) => {
	await signIn(page, 'volunteer');
	await page.goto('/patrol');
	await expect(page.getByRole('button', { name: '当番なしで記録' })).toBeVisible();
	await expect
		.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 20_000 })
		.toBe(true);
	await context.setOffline(true);
	await page.reload();
	await page.getByRole('button', { name: '当番なしで記録' }).click();
	await page.getByRole('button', { name: '出発する' }).click();
	await page.getByRole('button', { name: '地図を見る' }).click();
	await expect(page.locator('.map-bunch, .map-pin').first()).toBeVisible();
	await page.getByText('子どもが逃げ込めるところ（近い順に10か所）').click();
	const near = page.getByRole('listitem').filter({ hasText: /第\d+号/ });
	await expect(near).toHaveCount(10);
	await expect(near.first()).toContainText(/[東西南北]{1,2} \d+ m/);
	await expect(page.getByText(/042-000|番地/)).toHaveCount(0);
	await context.setOffline(false);
});

test('what hosts call themselves is text in the list and below the map, and pins carry none of it', async ({
	page,
	context
}) => {
	const names = ['<img src=x onerror="document.title=1">書店', '\u202eんほ店', '髙𠮷👨‍👩‍👧'];
	const spots = [
		[139.5, 35.7],
		[139.51, 35.7],
		[139.5, 35.71]
	];
	const hours = Array.from({ length: 7 }, () => null);
	await context.route('**/api/v1/pockets.geojson', (route) =>
		route.fulfill({
			contentType: 'application/geo+json',
			json: {
				type: 'FeatureCollection',
				areas: [],
				features: names.map((name, n) => ({
					type: 'Feature',
					geometry: { type: 'Point', coordinates: spots[n] },
					properties: { number: n + 1, kind: 'shop', name, town: name, school: name, hours, closed: name }
				}))
			}
		})
	);
	await page.goto('/map');
	await expect(page.getByRole('heading', { level: 3 })).toHaveCount(3);
	const said = page.getByRole('status').filter({ hasText: '地図で選んだところ' });
	for (const [n, name] of names.entries()) {
		const item = page.getByRole('listitem').filter({ has: page.getByText(`第${n + 1}号`) });
		await item
			.getByRole('button', { name: /を地図で見る$/ })
			.first()
			.click();
		await expect(said.getByRole('heading', { level: 3 }).locator('bdi')).toHaveText(name);
	}
	// By the pin itself, the same: it says its kind and no more.
	const pin = page.locator('.map-chosen .map-pin');
	await expect(pin).toHaveText('店');
	await pin.click();
	await expect(said.locator('bdi').first()).toHaveText(names[2]!);
	await expect(page.locator('img[src="x"]')).toHaveCount(0);
	expect(await page.title()).not.toBe('1');
});

test('tiles that were looked at are kept within a bound, in number and in days', async ({ page }) => {
	await page.goto('/map');
	await expect
		.poll(() => page.evaluate(() => navigator.serviceWorker.controller !== null), { timeout: 20_000 })
		.toBe(true);
	const tile = (n: number) => `https://cyberjapandata.gsi.go.jp/xyz/pale/18/${n}/0.png`;
	/** Looks at them as the map does; how many could be shown. */
	const look = (urls: string[]) =>
		page.evaluate(async (all) => {
			const shown = await Promise.all(
				all.map(
					(url) =>
						new Promise<number>((done) => {
							const image = new Image();
							image.crossOrigin = 'anonymous';
							image.onload = () => done(1);
							image.onerror = () => done(0);
							image.src = url;
						})
				)
			);
			return shown.reduce((sum, one) => sum + one, 0);
		}, urls);
	const kept = () =>
		page.evaluate(async () => (await (await caches.open('mp-tiles')).keys()).map((request) => request.url));
	// The first one is kept before the others come: that it is gone then is the bound, and not that it is late.
	expect(await look([tile(0)])).toBe(1);
	await expect.poll(kept).toContain(tile(0));
	const others = Array.from({ length: 605 }, (_, n) => tile(n + 1));
	expect(await look(others)).toBe(605);
	await expect.poll(kept).not.toContain(tile(0));
	await expect.poll(async () => (await kept()).length).toBeLessThanOrEqual(600);
	expect((await kept()).length).toBeGreaterThan(500);

	// What is kept is no picture here: shown is then only what was fetched anew.
	const put = (url: string, days: number) =>
		page.evaluate(
			async ([key, date]) => (await caches.open('mp-tiles')).put(key!, new Response('', { headers: { date: date! } })),
			[url, new Date(Date.now() - days * 86_400_000).toUTCString()]
		);
	await put(tile(700), 29);
	await put(tile(701), 31);
	expect([await look([tile(700)]), await look([tile(701)])]).toEqual([0, 1]);
});
