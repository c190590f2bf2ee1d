import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { fieldFilesPlugin } from './src/service-worker/field-files.ts';

export default defineConfig({
	plugins: [
		paraglideVitePlugin({
			project: './src/words/project.inlang',
			outdir: './src/lib/words',
			strategy: ['cookie', 'baseLocale'],
			cookieName: 'mp_words'
		}),
		sveltekit(),
		fieldFilesPlugin()
	],
	// Its default is written for browsers of 2015 and twice as long.
	resolve: { alias: { 'workbox-window': 'workbox-window/build/workbox-window.prod.mjs' } },
	build: {
		rolldownOptions: {
			output: {
				// The parts' styles in one file: forty of a few hundred bytes each are forty requests, and forty names in every page's script.
				codeSplitting: {
					groups: [
						{ name: 'look', test: /\/src\/(lib|app).*\.css/, priority: 4 },
						// The same of the pages of the house; who opens one of them will open more.
						{ name: 'pages', test: /\/src\/routes\/\(app\)\/(?!home\/).*\.css/, priority: 4 },
						// What every page draws itself with, in one script for the same reason.
						{
							name: 'parts',
							test: /\/src\/lib\/ui\/(Icon|Status|Brand|Drop|LookForm|Button|ErrorPage|Card|Empty)\.svelte$|preload-helper/,
							priority: 3
						},
						// The map of refuge homes: forty small files weigh half as much again as one. What pages without a map have of it stays apart.
						{ name: 'boxes', test: /\/src\/lib\/ui\/(Labelled|Select|Checkbox)\.svelte$/, priority: 2 },
						{ name: 'said', test: /\/src\/lib\/ui\/(Notice|Tag|PageTitle)\.svelte$/, priority: 2 },
						{ name: 'table', test: /\/src\/lib\/ui\/DataTable\.svelte$/, priority: 2 },
						{ name: 'days', test: /\/src\/lib\/calendar\/(day|era)\.ts$/, priority: 2 },
						{ name: 'place', test: /\/src\/lib\/map\/(length|placeNow)\.ts$/, priority: 2 },
						{ name: 'signs', test: /\/src\/lib\/words\/messages\/map_(zoom|point|off)/, priority: 2 },
						{ name: 'homes', test: /\/src\/lib\/pockets\/(kindName|kinds|hours)\.ts$/, priority: 2 },
						{
							name: 'pins',
							test: /\/src\/lib\/pockets\/((PocketMap|PinFilter|PinItem|PinSaid|Areas)\.svelte|(pin|pinWords)\.ts)$/,
							priority: 1
						}
					]
				}
			}
		},
		modulePreload: {
			polyfill: false,
			// Else every page carries the list of all files of all pages (3 kB and growing); the server names a page's own in its head.
			resolveDependencies: () => []
		}
	},
	test: {
		include: ['src/**/*.test.ts', 'tests/unit/**/*.test.ts', 'tests/faults/**/*.test.ts'],
		environment: 'node',
		// Real files and real child processes take their time on a busy machine.
		testTimeout: 30_000,
		hookTimeout: 30_000
	}
});
