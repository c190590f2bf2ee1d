/**
 * Hashed files of the app, of this build and of the one before: a page that was opened before a deploy goes on asking for names the
 * server has no more. Kept is what somebody looked at, the office's screens too; nothing but the field's shell is fetched ahead.
 */
import { build, version } from './precache.ts';

const SEEN = 'mp-files';
/** Which files the last two builds have; the order of their names would not survive a roll-back. */
const BUILDS = 'mp-builds';
type Build = { version: string; files: readonly string[] };

const IMMUTABLE = /^\/_app\/immutable\//;
const pathOf = ({ url }: { url: string }) => new URL(url).pathname;

export const isHashed = (url: URL): boolean => IMMUTABLE.test(url.pathname);

/** A login page of somebody else's network is no file of ours, whatever its address says. */
export const isFile = (response: Response): boolean =>
	response.status === 200 && !response.redirected && !/html/.test(response.headers.get('content-type') ?? 'html');

/** From what is kept, whichever build it is of, else from the server, and then kept. */
export async function hashedFile(request: Request, event: ExtendableEvent): Promise<Response> {
	const kept = await caches.match(request, { ignoreVary: true });
	if (kept) return kept;
	const response = await fetch(request);
	if (isFile(response)) event.waitUntil(keep(request, response.clone()));
	return response;
}

/** A device without room keeps none; the page has its answer all the same. */
async function keep(request: Request, response: Response): Promise<void> {
	await caches
		.open(SEEN)
		.then((seen) => seen.put(request, response))
		.catch(() => undefined);
}

/** At the first breath of a build: moves what the last one's shell had aside, and lets go of what neither of the two has. */
export async function keepTwoBuilds(shell: string): Promise<void> {
	const before = await turnOver();
	const mine = new Set(build);
	const ours = new Set([...build, ...(before?.files ?? [])]);
	const [from, seen] = [await caches.open(shell), await caches.open(SEEN)];
	for (const request of await from.keys()) {
		const path = pathOf(request);
		const response = ours.has(path) && !mine.has(path) && (await from.match(request));
		if (response) await keep(request, response);
	}
	for (const request of await seen.keys()) if (!ours.has(pathOf(request))) await seen.delete(request);
}

/** Writes down that this build has come, and returns the one before. */
async function turnOver(): Promise<Build | undefined> {
	const builds = await caches.open(BUILDS);
	const read = async (name: string) => (await (await builds.match(name))?.json()) as Build | undefined;
	const last = await read('/_app/last');
	if (last?.version === version) return read('/_app/before');
	if (last) await builds.put('/_app/before', Response.json(last));
	await builds.put('/_app/last', Response.json({ version, files: build } satisfies Build));
	return last;
}
