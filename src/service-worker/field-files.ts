/**
 * Build step: which files of the browser's code the phone on patrol needs, so that the worker keeps those and not the code of every
 * page of the office. Handed to the worker as a constant, `FIELD_FILES`.
 */
import type { Plugin, ResolvedConfig } from 'vite';

/** What this step looks at in a file of the bundle. */
export type BuiltFile = {
	type: 'chunk' | 'asset';
	facadeModuleId?: string | null;
	imports?: string[];
	dynamicImports?: string[];
	viteMetadata?: { importedCss?: Set<string>; importedAssets?: Set<string> } | undefined;
};

/** Screens that open without a network, the public map among them, and what stands around every screen. */
const FIELD =
	/\/src\/routes\/(\(field\)\/|(pocket-)?offline\/|\(public\)\/(map\/\+page|\+layout|\+error)\.|\+(layout|error)\.)/;
const APP = /\/client-optimized\/app\.js$/;
const START = /\/runtime\/client\/entry\.js$/;
const NODE = /\/client-optimized\/nodes\/\d+\.js$/;

/**
 * The files reached from the field's screens: whatever they import, at once or later. The app itself names every screen there is, so
 * of it only what it imports at once. `importsOf` tells what the module of a screen is made of.
 */
export function fieldFiles(
	bundle: Record<string, BuiltFile>,
	importsOf: (module: string) => readonly string[]
): string[] {
	const found = new Set<string>();
	const visit = (name: string) => {
		const file = bundle[name];
		if (!file || found.has(name)) return;
		found.add(name);
		for (const asset of [...(file.viteMetadata?.importedCss ?? []), ...(file.viteMetadata?.importedAssets ?? [])])
			found.add(asset);
		const later = APP.test(file.facadeModuleId ?? '') ? [] : (file.dynamicImports ?? []);
		for (const next of [...(file.imports ?? []), ...later]) visit(next);
	};
	for (const [name, { facadeModuleId }] of Object.entries(bundle)) {
		if (!facadeModuleId) continue;
		const screen = NODE.test(facadeModuleId) && importsOf(facadeModuleId).some((one) => FIELD.test(one));
		if (screen || APP.test(facadeModuleId) || START.test(facadeModuleId)) visit(name);
	}
	// Styles are few and shared.
	for (const name of Object.keys(bundle)) if (name.endsWith('.css')) found.add(name);
	return [...found].sort();
}

/**
 * Kit builds the browser's code from within the build of the server's, with a second reading of the configuration; the worker is
 * built last, with the constants of the first. So the first is remembered where both readings find it.
 */
const shared = globalThis as { fieldFilesOf?: ResolvedConfig };

export function fieldFilesPlugin(): Plugin {
	return {
		name: 'field-files',
		apply: 'build',
		configResolved: (resolved) => void (shared.fieldFilesOf ??= resolved),
		generateBundle(_options, bundle) {
			const files = bundle as Record<string, BuiltFile>;
			if (!Object.values(files).some(({ facadeModuleId }) => APP.test(facadeModuleId ?? ''))) return;
			const list = fieldFiles(files, (id) => this.getModuleInfo(id)?.importedIds ?? []);
			Object.assign(shared.fieldFilesOf?.define ?? {}, { FIELD_FILES: JSON.stringify(list) });
		}
	};
}
