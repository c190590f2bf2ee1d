/** What the list of logs may be narrowed to. It stands in the address, so a list can be kept, shared and gone back to. Pure. */
import * as z from 'zod/mini';
import { isMonth } from '#lib/calendar/day.ts';
import { programmes, type Programme } from './log.ts';
import { logStates } from './state.ts';

/** `all` shows what was taken back or merged, too. */
export const shownStates = [...logStates, 'all'] as const;

/** Where a page of the list begins: the moment and id of the last log of the page before. */
export type Cursor = { departedAt: Date; log: string };

const ofList = <const T extends readonly string[]>(values: T) => z.catch(z.optional(z.enum(values)), undefined);
const someId = z.catch(z.optional(z.string().check(z.regex(/^[0-9a-f-]{36}$/))), undefined);

export const logFilter = z.object({
	state: ofList(shownStates),
	month: z.catch(z.optional(z.string().check(z.refine(isMonth))), undefined),
	/** A fiscal year. */
	year: z.catch(z.optional(z.pipe(z.string().check(z.regex(/^20\d\d$/)), z.transform(Number))), undefined),
	programme: ofList(programmes),
	association: someId
});
export type LogFilter = z.output<typeof logFilter>;

/** The filter of an address; what it does not understand it leaves out. */
export const filterOf = (search: URLSearchParams): LogFilter => logFilter.parse(Object.fromEntries(search));

/** Which of the counted logs of a year to list: those behind one number. */
export type Behind = { programmes?: readonly Programme[] | undefined; association?: string | undefined };

/** Activities and body of an address; none is all. */
export function behindOf(search: URLSearchParams): Behind {
	const asked = search.getAll('programme');
	const chosen = programmes.filter((one) => asked.includes(one));
	return { programmes: chosen.length > 0 ? chosen : undefined, association: search.get('association') ?? undefined };
}

/** The words of an address with some of them changed; undefined takes one away. */
export function changed(search: URLSearchParams, change: Record<string, string | undefined>): string {
	const words = new URLSearchParams(search);
	for (const [name, value] of Object.entries(change)) {
		if (value === undefined) words.delete(name);
		else words.set(name, value);
	}
	return words.toString();
}

/** `1732060800000.019a…` → a cursor; anything else is none. */
export function cursorOf(text: string | null): Cursor | undefined {
	const found = /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(text ?? '');
	return found ? { departedAt: new Date(Number(found[1])), log: found[2]! } : undefined;
}
export const cursorText = (cursor: Cursor): string => `${cursor.departedAt.getTime()}.${cursor.log}`;
