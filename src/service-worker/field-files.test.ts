import { expect, it } from 'vitest';
import { fieldFiles, type BuiltFile } from './field-files.ts';

const kit = '/app/.svelte-kit/generated/client-optimized';
const chunk = (facade: string | null, more: Partial<BuiltFile> = {}): BuiltFile => ({
	type: 'chunk',
	facadeModuleId: facade,
	imports: [],
	dynamicImports: [],
	...more
});
const bundle: Record<string, BuiltFile> = {
	'start.js': chunk('/node_modules/@sveltejs/kit/src/runtime/client/entry.js', { imports: ['svelte.js'] }),
	'app.js': chunk(`${kit}/app.js`, { imports: ['svelte.js'], dynamicImports: ['field.js', 'office.js', 'root.js'] }),
	'root.js': chunk(`${kit}/nodes/0.js`),
	'field.js': chunk(`${kit}/nodes/5.js`, {
		imports: ['store.js'],
		dynamicImports: ['map.js'],
		viteMetadata: { importedCss: new Set(['field.css']), importedAssets: new Set(['icons.svg']) }
	}),
	'office.js': chunk(`${kit}/nodes/9.js`, { imports: ['table.js'] }),
	'store.js': chunk(null, { imports: ['svelte.js', 'field.js'] }),
	'map.js': chunk(null, { imports: ['leaflet.js'] }),
	'leaflet.js': chunk(null),
	'svelte.js': chunk(null),
	'table.js': chunk(null),
	'office.css': { type: 'asset' },
	'photo.png': { type: 'asset' }
};
const imports: Record<string, string[]> = {
	[`${kit}/nodes/0.js`]: ['/app/src/routes/+layout.svelte'],
	[`${kit}/nodes/5.js`]: ['/app/src/routes/(field)/patrol/+page.svelte'],
	[`${kit}/nodes/9.js`]: ['/app/src/routes/(app)/reports/+page.svelte']
};

it('keeps what the field’s screens reach, now or later, and nothing of the office but its styles', () => {
	expect(fieldFiles(bundle, (id) => imports[id] ?? [])).toEqual(
		[
			...['app.js', 'field.js', 'leaflet.js', 'map.js', 'root.js', 'start.js', 'store.js', 'svelte.js'],
			...['field.css', 'icons.svg', 'office.css']
		].sort()
	);
});
