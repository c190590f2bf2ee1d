/** Finds the gate of a request: route → method or form action → what it asks for. Whatever is not in the table is closed. Pure. */

export type Found<Gate> = { gate: Gate } | { closed: 404 | 405; allow?: string };

/**
 * `HEAD` passes where `GET` does. A POST names its form action in the query (`?/add`); without a name it is the default
 * action or the endpoint. Two names at once are refused, so that the gate that was asked is the action that runs.
 */
export function gateOf<Gate>(
	gates: Record<string, Record<string, Gate>>,
	route: string | null,
	method: string,
	query: URLSearchParams
): Found<Gate> {
	const row = route !== null && Object.hasOwn(gates, route) ? gates[route]! : undefined;
	if (!row) return { closed: 404 };
	const key = keyOf(row, method, query);
	if (key !== undefined && Object.hasOwn(row, key)) return { gate: row[key]! };
	return { closed: 405, allow: methodsOf(row).join(', ') };
}

function keyOf(row: object, method: string, query: URLSearchParams): string | undefined {
	const actions = [...query.keys()].filter((key) => key.startsWith('/'));
	if (method === 'HEAD') return 'GET';
	if (method !== 'POST') return method;
	if (actions.length > 1) return undefined;
	// An action may not borrow the gate of a method.
	if (actions[0] !== undefined) return /^\/(?:[A-Z]+|default)$/.test(actions[0]) ? undefined : actions[0].slice(1);
	return Object.hasOwn(row, 'default') ? 'default' : 'POST';
}

/** The HTTP methods a row of gates lets in; lower-case keys are form actions. */
export function methodsOf(row: object): string[] {
	const methods = new Set<string>();
	for (const key of Object.keys(row)) {
		methods.add(/^[A-Z]+$/.test(key) ? key : 'POST');
		if (key === 'GET') methods.add('HEAD');
	}
	return [...methods].sort();
}
