/** Whether a request comes to us by our own name, and, where it changes something, from our own pages. Pure. */

const loopback = ['localhost', '127.0.0.1', '[::1]'];

/** The hosts people may type: that of ORIGIN (with its twins where it is this machine) and those of the municipalities. */
export function ownHosts(origin: string, others: Iterable<string> = []): Set<string> {
	const url = new URL(origin);
	const hosts = loopback.includes(url.hostname)
		? loopback.map((name) => (url.port ? `${name}:${url.port}` : name))
		: [url.host];
	return new Set([...hosts, ...others].map((host) => host.toLowerCase()));
}

/** The host of a request as browsers write it: lower case, without the port that goes without saying. */
export function hostOf(headers: Headers, origin: string): string {
	const host = (headers.get('host') ?? '').toLowerCase();
	return host.replace(origin.startsWith('https:') ? /:443$/ : /:80$/, '');
}

/**
 * Whether a request that may change something was made by a page of ours. Kit's own check lets cross-origin JSON and bodies
 * without a type through, so this one asks every non-GET for the `Origin` that every browser sends, whatever the body is.
 */
export function fromOwnPage(headers: Headers, host: string, origin: string): boolean {
	const site = headers.get('sec-fetch-site');
	if (site !== null && site !== 'same-origin') return false;
	return headers.get('origin') === `${origin.slice(0, origin.indexOf('//'))}//${host}`;
}

/** Methods that change nothing. */
export const isSafe = (method: string) => method === 'GET' || method === 'HEAD' || method === 'OPTIONS';
