/** An answer of the hook itself, before any page: in the form the asker understands. */
import { json, type RequestEvent } from '@sveltejs/kit';
// The page Kit falls back to as well, so that a closed door looks the same whoever closes it.
import template from '../../../error.html?raw';

const escaped = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** A refusal as a page, or as JSON where a script asks. */
export function closed(
	event: RequestEvent,
	status: number,
	message: string,
	headers: Record<string, string> = {}
): Response {
	if (event.request.headers.has('x-sveltekit-action'))
		return json({ type: 'error', status, error: { message } }, { status, headers });
	const wantsPage = event.request.headers.get('accept')?.includes('text/html') ?? false;
	if (event.isDataRequest || !wantsPage) return json({ message }, { status, headers });
	const page = template
		.replaceAll('%sveltekit.status%', String(status))
		.replaceAll('%sveltekit.error.message%', () => escaped(message));
	return new Response(page, { status, headers: { 'content-type': 'text/html; charset=utf-8', ...headers } });
}
