import type { Actor } from '#lib/people/permissions.ts';

declare global {
	namespace App {
		interface Error {
			message: string;
			/** Number on screen and in the log, where the fault is ours. */
			number?: string;
		}
		interface Locals {
			/** Found from the host name; undefined only before the first setup. */
			municipality: { id: string; name: string; demo: boolean } | undefined;
			/** Who is signed in, or nobody. */
			actor: Actor | undefined;
			/** Id of the request, in the log. */
			request: string;
		}
		interface PageData {
			errors?: Record<string, string>;
		}
	}
}
export {};
