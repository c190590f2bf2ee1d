/** What the boxes of the form show. Pure. */
import type { Hours } from './hours.ts';
import { boxesOf } from './hoursForm.ts';

type Stored = {
	kind: string;
	name: string;
	kana: string;
	contact: string | null;
	town: string;
	address: string;
	school: string;
	phone: string | null;
	lat: number | null;
	lng: number | null;
	hours: Hours;
	closed: string | null;
};

/** A stored home as text by box. The point keeps all of its digits: written back unchanged it has not moved. */
export const boxesOfPocket = ({ lat, lng, hours, ...texts }: Stored): Record<string, string> => ({
	...Object.fromEntries(
		(['kind', 'name', 'kana', 'contact', 'town', 'address', 'school', 'phone', 'closed'] as const).map((box) => [
			box,
			texts[box] ?? ''
		])
	),
	...boxesOf(hours),
	point: lat === null || lng === null ? '' : `${lat}, ${lng}`
});

/** What was typed and came back: single texts only, of lists the form has none. */
export const textsOf = (values: Record<string, string | string[]> | undefined): Record<string, string> | undefined =>
	values &&
	Object.fromEntries(Object.entries(values).filter((one): one is [string, string] => typeof one[1] === 'string'));
