/** Walking through the app by its own links: one page of each kind, as the signed-in person of this browser finds them. */
import type { Page } from '@playwright/test';

/** More kinds of pages than any role has; a crawl that comes this far goes in circles, and says so. */
const ceiling = 120;

/** A path with its ids taken out: one row of a list stands for all of them. */
export const kindOf = (url: string) => new URL(url).pathname.replace(/[0-9a-f-]{36}|\d{4}(-\d\d){0,2}/g, ':id');

/** Leaves the sign-in alone, and does not hand a file to the browser. */
const isPage = (url: string) =>
	!/\/(logout|csv|held)$|\/files\/[^/]+$|\.(ics|csv|json|png)$/.test(new URL(url).pathname);

/** Addresses of ours that a page links to: pages and files, as they stand, without the place on the page. */
async function linksOf(page: Page, origin: string): Promise<string[]> {
	const all = await page.$$eval('a[href]', (links) => links.map((link) => (link as HTMLAnchorElement).href));
	return all.filter((href) => href.startsWith(`${origin}/`)).map((href) => href.split('#', 1)[0]!);
}

type Crawl = {
	page: Page;
	origin: string;
	from?: readonly string[];
	/** A page of a new kind stands open: `path` as it was linked, `status` of its answer, who linked to it. */
	opened: (path: string, status: number | undefined, linkedFrom: string) => Promise<void>;
	/** A link of a kind that was opened before, or of something that is no page. */
	passed?: (path: string, linkedFrom: string) => void;
};

/** Opens one page of every kind that can be reached from `from`. @returns how many kinds there were. @throws when it finds no end. */
export async function crawl({ page, origin, from = ['/home', '/'], opened, passed }: Crawl): Promise<number> {
	const links = new Map(from.map((path) => [`${origin}${path}`, 'the start']));
	const kinds = new Set<string>();
	// A map may grow while it is walked: what a page links to is appended.
	for (const [url, linkedFrom] of links) {
		const path = url.slice(origin.length);
		if (!isPage(url) || kinds.has(kindOf(url))) {
			passed?.(path, linkedFrom);
			continue;
		}
		kinds.add(kindOf(url));
		if (kinds.size > ceiling) throw new Error(`The crawl does not end: ${[...kinds].join(' ')}`);
		const answer = await page.goto(url, { waitUntil: 'load' });
		await opened(path, answer?.status(), linkedFrom);
		for (const next of await linksOf(page, origin)) if (!links.has(next)) links.set(next, path);
	}
	return kinds.size;
}
