/** What the register may be narrowed to. It stands in the address, so a list can be kept, shared and gone back to. Pure. */
import * as z from 'zod/mini';
import { kinds, states } from './pocket.ts';

const registerFilter = z.object({
	state: z.catch(z.optional(z.enum(states)), undefined),
	kind: z.catch(z.optional(z.enum(kinds)), undefined),
	school: z.catch(z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/))), undefined),
	/** Only what was asked in the last round and has not said that it stays. */
	unconfirmed: z.pipe(
		z.optional(z.string()),
		z.transform((text) => text !== undefined)
	),
	/** Only what is on no map, for want of a place. */
	unplaced: z.pipe(
		z.optional(z.string()),
		z.transform((text) => text !== undefined)
	),
	/** Words looked for. */
	q: z.catch(
		z.pipe(
			z.optional(z.string().check(z.maxLength(80))),
			z.transform((text) => text?.trim() || undefined)
		),
		undefined
	),
	/** Pages of the list, the first is 1. */
	page: z.catch(
		z.pipe(
			z.string().check(z.regex(/^[1-9]\d{0,5}$/)),
			z.transform((text) => Number(text))
		),
		1
	)
});
export type RegisterFilter = z.output<typeof registerFilter>;
/** What is looked for, wherever the list is at. */
export type Looked = Omit<RegisterFilter, 'page'>;

/** A filter as the trail keeps it: its codes, and that words were looked for, but not which, for they may be somebody's name. */
export const said = ({ q, ...codes }: Looked): Record<string, string | boolean> => ({
	...Object.fromEntries(Object.entries(codes).filter(([, value]) => value !== undefined && value !== false)),
	...(q !== undefined && { q: true })
});

/** The filter of an address; what it does not understand it leaves out. */
export const filterOf = (search: URLSearchParams): RegisterFilter => registerFilter.parse(Object.fromEntries(search));
