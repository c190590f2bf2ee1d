/** By which id the server knows a subscription of a browser. Runs in page and worker. */
export async function pushId(endpoint: string): Promise<string> {
	const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(endpoint));
	return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The keys of a subscription as `PushSubscription.toJSON()` gives them. */
type Made = { endpoint?: string; keys?: Record<string, string> };

/** Tells the server that this browser's subscription is another one now. `old` is the id it knows. False where it does not answer. */
export async function tellRenewed(old: string, { endpoint = '', keys = {} }: Made): Promise<boolean> {
	const body = new URLSearchParams({ old, endpoint, p256dh: keys['p256dh'] ?? '', auth: keys['auth'] ?? '' });
	// Signed out meanwhile it leads to the sign-in, where a worker has nothing to look for.
	const asking = { method: 'POST', body, headers: { accept: 'application/json' }, redirect: 'manual' } as const;
	return fetch('/notices/receiving?/renewPush', asking).then(
		({ ok }) => ok,
		() => false
	);
}
