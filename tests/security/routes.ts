/** Every route of the build with its methods and form actions, read from the build itself and not from a list somebody keeps. */
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

type Manifest = {
	_: {
		routes: {
			id: string;
			params: { name: string }[];
			page: { leaf: number } | null;
			endpoint: (() => Promise<Record<string, unknown>>) | null;
		}[];
		nodes: (() => Promise<{ server?: { actions?: Record<string, unknown> } }>)[];
		prerendered_routes: Set<string>;
	};
};

export type Route = { id: string; params: string[]; isPage: boolean; methods: string[]; actions: string[] };

const httpMethods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** The routes that the server answers itself; with those that were prerendered into files, when asked for. */
export async function builtRoutes(withFiles = false): Promise<Route[]> {
	const { manifest } = (await import(pathToFileURL('.svelte-kit/output/server/manifest-full.js').href)) as {
		manifest: Manifest;
	};
	const { routes, nodes } = manifest._;
	return Promise.all(
		routes
			.filter(({ id }) => withFiles || !isFile(id))
			.map(async ({ id, params, page, endpoint }) => {
				const leaf = page && (await nodes[page.leaf]!());
				const exported = endpoint ? Object.keys(await endpoint()) : [];
				return {
					id,
					params: params.map(({ name }) => name),
					isPage: page !== null,
					methods: [...new Set([...(page ? ['GET'] : []), ...exported.filter((name) => httpMethods.includes(name))])],
					actions: Object.keys(leaf?.server?.actions ?? {})
				};
			})
	);
}

/** Prerendered: a file without a name of anybody, which never passes the hook. */
const isFile = (id: string) => existsSync(`build/prerendered${pathOf(id, {})}.html`);

/** The keys a row of gates must have for a route: its methods and its form actions. */
export const doorsOf = (route: Route) => [...route.methods, ...route.actions].sort();

/** The address of a route: groups are not part of it, parameters are filled in. */
export const addressOf = (route: Route, params: Record<string, string> = {}) => pathOf(route.id, params);

function pathOf(id: string, params: Record<string, string>): string {
	const path = id
		.split('/')
		.filter((part) => part && !/^\(.*\)$/.test(part))
		.map((part) =>
			part.replace(/\[(?:\.\.\.)?(\w+)(?:=\w+)?\]/g, (_, name: string) => encodeURIComponent(params[name] ?? 'x'))
		)
		.join('/');
	return `/${path}`;
}

/** The request that goes through a door: a method, or a POST that names an action. */
export function requestFor(
	route: Route,
	door: string,
	params?: Record<string, string>
): { method: string; path: string } {
	const path = addressOf(route, params);
	if (httpMethods.includes(door)) return { method: door, path };
	return { method: 'POST', path: door === 'default' ? path : `${path}?/${door}` };
}
