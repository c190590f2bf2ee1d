/** The part of `compression` that `main.ts` uses. */
declare module 'compression' {
	import type { IncomingMessage, ServerResponse } from 'node:http';
	export default function compression(options?: {
		threshold?: number;
	}): (req: IncomingMessage, res: ServerResponse, next: () => void) => void;
}
