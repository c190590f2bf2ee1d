/** What this build brings along. The only importer of `$service-worker`. */
import { build, files, prerendered, version } from '$service-worker';

export type Entry = { url: string; revision: string | null };

export { build, version };

/** Set by the build (`field-files.ts`). */
declare const FIELD_FILES: readonly string[] | undefined;
const ofTheField = typeof FIELD_FILES === 'undefined' ? undefined : new Set(FIELD_FILES.map((file) => `/${file}`));

/** Only what the phone on patrol opens: the pages of the office come from the server. Hashed assets need no revision: another content is another name. Pages and static files do. */
export const entries: Entry[] = [
	...build.filter((url) => ofTheField?.has(url) ?? true).map((url) => ({ url, revision: null })),
	...prerendered.map((url) => ({ url, revision: version })),
	...files.filter((url) => /\.(svg|png|webmanifest|ico)$/.test(url)).map((url) => ({ url, revision: version }))
];
