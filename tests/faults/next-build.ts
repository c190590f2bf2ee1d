/**
 * The next build of the app, as a browser would see it, without building twice: behind the proxy every hashed file has another name,
 * the old names are gone, the version is another one, and so is the worker.
 */
import { createHash } from 'node:crypto';
import type { Answer, Proxy } from './chaos-proxy.ts';

const OLD = '_app/immutable/';

const hashOf = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/**
 * From now on another build is deployed on the server behind this proxy, under this name and with this number; the returned function
 * rolls it back.
 */
export function deployNext(net: Proxy, version: string, name = 'next', number = `${version}-${name}`): () => void {
	const NEW = `${OLD}${name}/`;
	const text = (from: string) => from.replaceAll(OLD, NEW).replaceAll(version, number);
	net.route = (path) => (path.includes(NEW) ? path.replace(NEW, OLD) : path.includes(OLD) ? undefined : path);
	net.rewrite = (path, answer) => {
		const type = answer.headers['content-type'] ?? '';
		if (!/html|javascript|json|css/.test(type) || path.startsWith('/api/')) return answer;
		const body = answer.body.toString();
		let next = text(body);
		const headers: Answer['headers'] = { ...answer.headers };
		delete headers.etag;
		// A page from the build names its inline scripts by their hashes: other scripts have others.
		for (const [, script = ''] of body.matchAll(/<script[^>]*>([^]*?)<\/script>/g))
			next = next.replaceAll(hashOf(script), hashOf(text(script)));
		return { ...answer, headers, body: Buffer.from(next) };
	};
	return () => {
		net.route = (path) => path;
		net.rewrite = undefined;
	};
}
