/** What every request asks and hardly ever changes. */
import { commits, db, type Reader } from './index.ts';

/**
 * A read that is kept until anything at all is written: no row it read can have changed in between. (SQLite's own `data_version`
 * would say the same for a good part of the price of the read.)
 */
export function whileUnchanged<T>(read: (db: Reader) => Promise<T>): () => Promise<T> {
	let kept: { of: Reader; at: number; found: T } | undefined;
	return async () => {
		const of = db;
		const at = commits;
		if (kept?.of !== of || kept.at !== at) kept = { of, at, found: await read(of) };
		return kept.found;
	};
}
