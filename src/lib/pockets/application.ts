/** The form by which a home applies or is changed: on paper at the office, by leader and school, by the host. Pure. */
import * as z from 'zod/mini';
import { typedDay } from '#lib/calendar/typed.ts';
import { lineFromText } from '#lib/map/length.ts';
import { hoursErrors } from './hoursForm.ts';
import { pocketForm, ways, type PocketForm } from './pocket.ts';
import { agreedIn } from './steps.ts';

const sent = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/** The box `point` holds "lat, lng" of one point, as the map's editor writes it; empty: the office sets the place later. */
function pointOf(text: unknown): { lat: string; lng: string } {
	if (typeof text !== 'string' || text.trim() === '') return { lat: '', lng: '' };
	const line = lineFromText(text);
	const [point] = line?.length === 1 ? line : [];
	return point ? { lat: String(point[0]), lng: String(point[1]) } : { lat: '?', lng: '?' };
}

/** The boxes of a pocket beside those of `schema`. Everything that is wrong is said at once, of the place at its one box. */
const withPocket = <S extends z.ZodMiniType<object>>(schema: S) =>
	z.pipe(
		sent,
		z.transform((values, payload) => {
			const pocket = pocketForm.safeParse({ ...values, ...pointOf(values['point']) });
			const rest = schema.safeParse(values);
			// By box: the hours are only looked at by the pocket's own form where nothing else is wrong.
			const wrong = new Map(Object.entries(hoursErrors(values)));
			for (const { message, path } of [...(pocket.error?.issues ?? []), ...(rest.error?.issues ?? [])]) {
				const box = String(path[0] ?? 'form');
				wrong.set(box === 'lat' || box === 'lng' ? 'point' : box, message);
			}
			for (const [box, message] of wrong) payload.issues.push({ code: 'custom', message, path: [box], input: values });
			// Only read where nothing was refused.
			return { ...(rest.data as z.output<S>), pocket: pocket.data as PocketForm, agreed: agreedIn(values) };
		})
	);

/** Made with the form: sent twice it is one application. */
const id = z.string('error_input').check(z.regex(/^[0-9a-f-]{36}$/, 'error_input'));

export const changeForm = withPocket(z.object({}));
export const applicationForm = withPocket(z.object({ id }));
/** On paper: how it came, and when the host agreed. */
export const officeForm = withPocket(z.object({ id, way: z.enum(ways, 'error_choose'), on: typedDay() }));

export type Application = z.output<typeof applicationForm>;

/** The place of a home that came without one. */
export const placeForm = z.pipe(
	z.object({ id, point: z._default(z.string(), '') }),
	z.transform(({ id, point }, payload) => {
		const [at] = lineFromText(point) ?? [];
		if (!at) payload.issues.push({ code: 'custom', message: 'error_pockets_point', path: ['point'], input: point });
		return { id, point: { lat: at?.[0] ?? 0, lng: at?.[1] ?? 0 } };
	})
);
