import { error } from '@sveltejs/kit';
import { isKind, type Kind } from '#lib/outreach/outreach.ts';
import { sentence } from '#lib/server/http/answers.ts';

/** The kind in the address of a page, or 404. */
export function kindOfPage(event: { params: Partial<Record<string, string>> }): Kind {
	const kind = event.params.kind ?? '';
	if (!isKind(kind)) error(404, sentence('error_not_found'));
	return kind;
}
