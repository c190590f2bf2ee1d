/** Forms whose lines are typed into boxes: one schema reads both the fields that have names and the boxes. Pure. */
import * as z from 'zod/mini';

/** A form as it was sent: text by name of the field, or a list. */
export const sent = z.record(z.string(), z.union([z.string(), z.array(z.string())]));
export type SentValues = z.output<typeof sent>;

type Issue = { message: string; path: PropertyKey[] };

/** Hands on what is wrong: issues of the named fields, and errors by name of the box. */
export function refuse(
	payload: z.core.ParsePayload,
	input: unknown,
	errors: Record<string, string>,
	issues: readonly Issue[] = []
): void {
	const found = [...issues, ...Object.entries(errors).map(([box, message]) => ({ message, path: [box] }))];
	for (const { message, path } of found) payload.issues.push({ code: 'custom', message, path, input });
}

/** The fields of `schema` and the lines that `read` finds in the boxes. Everything that is wrong is said at once. */
export const withBoxes = <S extends z.ZodMiniType<object>, L>(
	schema: S,
	read: (values: SentValues) => { lines: L[]; errors: Record<string, string> }
) =>
	z.pipe(
		sent,
		z.transform((values, payload) => {
			const { lines, errors } = read(values);
			const fields = schema.safeParse(values);
			refuse(payload, values, errors, fields.error?.issues);
			// Only read where nothing was refused.
			return { ...(fields.data as z.output<S>), lines };
		})
	);
