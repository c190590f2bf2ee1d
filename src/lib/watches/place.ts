/** Posts and routes: the form and its rules. Pure. */
import * as z from 'zod/mini';
import { chosen, words } from './inputs.ts';
import { lineFromText, metresOf, type Line } from '#lib/map/length.ts';

export const placeKinds = ['post', 'route'] as const;
export type PlaceKind = (typeof placeKinds)[number];

/** What is sent when a post or a route is made or changed. `line` is the list of points as text, one "lat, lng" a line. */
export const placeForm = z.object({
	association: chosen,
	kind: z.enum(placeKinds, 'error_input'),
	name: z.string().check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(60, 'error_too_long')),
	meetingSpot: words(120),
	line: z._default(
		z.string().check(
			z.maxLength(20_000, 'error_too_long'),
			z.refine((text) => lineFromText(text) !== undefined, 'error_watches_line')
		),
		''
	)
});
export type PlaceForm = z.output<typeof placeForm>;

/** The points of the form; a post keeps only its first. Length of a post is 0. */
export function drawnOf(form: Pick<PlaceForm, 'kind' | 'line'>): { line: Line; metres: number } {
	const points = lineFromText(form.line) ?? [];
	const line = form.kind === 'post' ? points.slice(0, 1) : points;
	return { line, metres: metresOf(line) };
}
