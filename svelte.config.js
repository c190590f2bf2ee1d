import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ precompress: true }),
		// Kit's own check lets cross-origin JSON through; hooks.server.ts checks the origin of every non-GET itself.
		csrf: { trustedOrigins: ['*'] },
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['self'],
				'script-src': ['self'],
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
		// The page registers the worker with workbox-window, so that a new version waits for the person.
		serviceWorker: { register: false },
		files: { serviceWorker: 'src/service-worker' }
	}
};
