/** A query put together once per connection, for the few that every request asks. Values come as placeholders. */
export function once<D extends object, Q>(ask: (db: D) => Q): (db: D) => Q {
	const asked = new WeakMap<D, { query: Q }>();
	return (db) => {
		let known = asked.get(db);
		if (!known) asked.set(db, (known = { query: ask(db) }));
		return known.query;
	};
}
