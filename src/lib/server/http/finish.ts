/** The headers that depend on what is answered. Those that never do stand in `src/headers.ts`. */

const nothing = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** Kit's last resort, `src/error.html`, has no scripts and its own small style. */
const lastResort =
	"default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'; base-uri 'none'";

/** Seals an answer: what a signed-in person sees is stored nowhere, and what is no page may load nothing. */
export function finish(response: Response, signedIn: boolean): Response {
	const headers = response.headers;
	if (signedIn) headers.set('cache-control', 'no-store');
	else if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-cache');
	if (!headers.has('content-security-policy')) {
		const page = headers.get('content-type')?.startsWith('text/html');
		headers.set('content-security-policy', page ? lastResort : nothing);
	}
	return response;
}
