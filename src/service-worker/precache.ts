/** What this build brings along. The only importer of `$service-worker`. */
import { build, files, prerendered, version } from '$service-worker';

export type Entry = { url: string; revision: string | null };

export { version };

/** Hashed assets need no revision: another content is another name. Pages and static files do. */
export const entries: Entry[] = [
	...build.map((url) => ({ url, revision: null })),
	...prerendered.map((url) => ({ url, revision: version })),
	...files.filter((url) => /\.(svg|png|webmanifest|ico)$/.test(url)).map((url) => ({ url, revision: version }))
];
