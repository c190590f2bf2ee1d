/**
 * Headers that stand on every answer, whoever makes it: pages, assets, prerendered shells, 404 and 500. Stateless, because
 * `main.ts` imports it beside the bundle. Pages get a stricter Content-Security-Policy with nonces from Kit, which replaces
 * the one here; a prerendered page carries its own in a meta element, so the one here must not name scripts.
 */
const always: Record<string, string> = {
	'x-content-type-options': 'nosniff',
	// Not no-referrer: forms would then send `Origin: null`, and some tile servers want to know who asks.
	'referrer-policy': 'strict-origin-when-cross-origin',
	'permissions-policy':
		'geolocation=(self), camera=(self), screen-wake-lock=(self), microphone=(), payment=(), usb=(), browsing-topics=()',
	'cross-origin-opener-policy': 'same-origin',
	'cross-origin-resource-policy': 'same-origin',
	'x-frame-options': 'DENY'
};

const policy = "frame-ancestors 'none'; base-uri 'none'; object-src 'none'; form-action 'self'";
/** The worker fetches map tiles, whose address is a setting of each municipality. */
const workerPolicy =
	"default-src 'none'; script-src 'self'; connect-src 'self' https:; frame-ancestors 'none'; base-uri 'none'";

/** Two years, as browsers ask before they preload a name. Only where people come by https. */
const strictTransport = 'max-age=63072000; includeSubDomains';

/** The headers for an address. `origin` is the address people type. */
export function headersFor(path: string, origin: string): Record<string, string> {
	const worker = path === '/service-worker.js';
	return {
		...always,
		'content-security-policy': worker ? workerPolicy : policy,
		...(origin.startsWith('https:') ? { 'strict-transport-security': strictTransport } : {}),
		// A phone asks for the worker by its fixed name: an old copy would keep an old version alive.
		...(worker ? { 'cache-control': 'no-cache' } : {})
	};
}
