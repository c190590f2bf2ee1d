/** A log of the invented town before it becomes rows. */
import { instantOf } from '#lib/calendar/day.ts';
import type { LogPayload } from '#lib/patrols/log.ts';
import { town } from '../people.ts';

export type Body = keyof typeof town.associations;
export type Person = keyof typeof town.people;

export type DemoLog = {
	body: Body;
	author: Person;
	payload: LogPayload;
	forOthers?: boolean;
	/** What became of it; `confirmed` by whom. Nothing: it waits. */
	confirmedBy?: Person;
	sentBack?: string;
	withdrawn?: string;
	/** A correction after it was confirmed, confirmed with it. */
	corrected?: { reason: string; payload: Partial<LogPayload> };
};

export const at = (day: string, time: string) => instantOf(day, time).toISOString();

type Plan = Partial<LogPayload> & {
	programme: LogPayload['programme'];
	on: string;
	from: string;
	to: string;
	walkers: readonly Person[];
};

/** A payload from what differs between logs. */
export function payloadOf({ from, to, walkers, ...rest }: Plan): LogPayload {
	return {
		jointly: [],
		departedAt: at(rest.on, from),
		finishedAt: at(rest.on, to),
		people: walkers.map((one) => town.people[one]),
		others: {},
		method: 'foot',
		weather: 'fine',
		remarks: '',
		handOver: '',
		findings: [],
		typed: false,
		...rest
	};
}
