import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
	{
		ignores: ['build/', '.svelte-kit/', 'src/lib/words/', '.demo/', 'test-results/', 'node_modules/']
	},
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node } },
		rules: {
			'no-undef': 'off',
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			// Playwright's fixtures read from the pattern which others they ask for.
			'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
			// Text from people is text: no HTML from strings anywhere, Leaflet included.
			'svelte/no-at-html-tags': 'error',
			'no-restricted-syntax': [
				'error',
				{
					selector:
						'CallExpression[callee.property.name=/^bind(Popup|Tooltip)$/] > Literal, CallExpression[callee.property.name=/^bind(Popup|Tooltip)$/] > TemplateLiteral',
					message: 'Leaflet turns strings into innerHTML: hand it a DOM node.'
				},
				{ selector: "AssignmentExpression[left.property.name='innerHTML']", message: 'Text from people is text.' }
			]
		}
	},
	{
		// Without types: asking TypeScript anew for each of 300 components took three minutes, and svelte-check has asked it already.
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { extraFileExtensions: ['.svelte'], parser: ts.parser, svelteConfig } }
	},
	{
		// Parts of the look are handed addresses that the page has resolved already.
		files: ['src/lib/ui/**/*.svelte', 'src/lib/map/**/*.svelte'],
		rules: { 'svelte/no-navigation-without-resolve': 'off' }
	},
	{
		// The pure and server files of a room know nothing of SvelteKit, so that plain Node can run them.
		files: ['src/lib/**/*.ts'],
		ignores: ['src/lib/server/http/**'],
		rules: {
			'no-restricted-imports': [
				'error',
				{
					patterns: [
						{ group: ['$app/*', '$env/*', '@sveltejs/kit'], message: 'Stays in routes, hooks and components.' }
					]
				}
			]
		}
	}
);
