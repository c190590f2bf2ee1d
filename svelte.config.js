import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

// The one inline script that is not SvelteKit's: it sets text size and colours before the first paint. Pages built ahead have
// no nonce, so it is let through by its hash, taken from the very text.
const page = readFileSync(new URL('src/app.html', import.meta.url), 'utf8');
const script = /<script>([\s\S]*?)<\/script>/.exec(page)?.[1] ?? '';
const beforePaint = /** @type {const} */ (`sha256-${createHash('sha256').update(script).digest('base64')}`);

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	// Nobody asks which Svelte this is, and every file would carry the answer.
	compilerOptions: { discloseVersion: false },
	kit: {
		adapter: adapter({ precompress: true }),
		// Kit's own check lets cross-origin JSON through; hooks.server.ts checks the origin of every non-GET itself.
		csrf: { trustedOrigins: ['*'] },
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['self'],
				'script-src': ['self', beforePaint],
				'style-src': ['self', 'unsafe-inline'],
				// https: because the address of the map tiles is a setting of each municipality
				'img-src': ['self', 'data:', 'blob:', 'https:'],
				'connect-src': ['self'],
				'worker-src': ['self'],
				'object-src': ['none'],
				'base-uri': ['none'],
				'form-action': ['self'],
				'frame-ancestors': ['none']
			}
		},
		// Pages built ahead link to pages of the server, which cannot be built.
		prerender: { crawl: false },
		// Pages kept by the worker are shown at whatever address was asked for: what they load stands at the root.
		paths: { relative: false },
		// The page registers the worker with workbox-window, so that a new version waits for the person.
		serviceWorker: { register: false },
		files: { serviceWorker: 'src/service-worker' }
	}
};
