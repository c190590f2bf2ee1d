/** What the list of requests may be narrowed to. It stands in the address, so a list can be kept, shared and gone back to. Pure. */
import * as z from 'zod/mini';
import { fiscalYearIn } from '#lib/reports/year.ts';
import { states } from './request.ts';

/** Where a page of the list begins: the moment and id of the last request of the page before. */
export type Cursor = { changedAt: Date; id: string };

const id = z.string().check(z.regex(/^[0-9a-f-]{36}$/));

const fiscalYear = () =>
	z.catch(
		z.optional(
			z.pipe(
				z.pipe(
					z.string(),
					z.transform((text) => fiscalYearIn(text))
				),
				z.number()
			)
		),
		undefined
	);

const requestFilter = z.object({
	state: z.catch(z.optional(z.enum(states)), undefined),
	/** The fiscal year of the number it was received under, and the one in which it was decided. */
	year: fiscalYear(),
	decided: fiscalYear(),
	association: z.catch(z.optional(id), undefined),
	/** 取り寄せ待ち: granted, and nothing to reserve yet. */
	lacking: z.pipe(
		z.optional(z.string()),
		z.transform((text) => text !== undefined)
	)
});
export type RequestFilter = z.output<typeof requestFilter>;

/** The filter of an address; what it does not understand it leaves out. */
export const filterOf = (search: URLSearchParams): RequestFilter => requestFilter.parse(Object.fromEntries(search));

/** `1732060800000.019a…` → a cursor; anything else is none. */
export function cursorOf(text: string | null): Cursor | undefined {
	const found = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text ?? '');
	return found ? { changedAt: new Date(Number(found[1])), id: found[2]! } : undefined;
}
export const cursorText = (cursor: Cursor): string => `${cursor.changedAt.getTime()}.${cursor.id}`;

/** Most requests that are decided in one step: what somebody can still look over. */
export const MOST_TOGETHER = 50;

/** `?id=…&id=…`: the chosen requests, each once, in the order of the list. */
export const chosenIn = (search: URLSearchParams): string[] =>
	[...new Set(search.getAll('id'))].filter((one) => id.safeParse(one).success).slice(0, MOST_TOGETHER);
