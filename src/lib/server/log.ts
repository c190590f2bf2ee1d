/**
 * The log. A line is built from this list of keys and from nothing else, so that no name, phone number, query string or body
 * can reach it by accident: neither through an object that grew a field nor through the message of an error.
 */
import { writeSync } from 'node:fs';
import pino from 'pino';

export type Facts = {
	request?: string;
	route?: string | null;
	method?: string;
	status?: number;
	ms?: number;
	/** The number on the person's screen. */
	error?: string;
	/** Class and code of what was thrown: `SqliteError`, `SQLITE_FULL`. */
	name?: string;
	code?: string;
	/** Frames of the stack without the message above them. */
	frames?: string[];
	job?: string;
	counts?: Record<string, number>;
};
const keys = [
	'request',
	'route',
	'method',
	'status',
	'ms',
	'error',
	'name',
	'code',
	'frames',
	'job',
	'counts'
] as const satisfies (keyof Facts)[];

type Level = 'info' | 'warn' | 'error';
type Sink = { [level in Level]: (facts: object, event: string) => void };

/** Only the allowed keys of an object, whatever else it carries. */
export function allowed(facts: Facts): Facts {
	const line: Record<string, unknown> = {};
	for (const key of keys) if (facts[key] !== undefined) line[key] = facts[key];
	return line;
}

/** What of a thrown thing may be written down: never its message, which may quote what a person typed. */
export function ofThrown(thrown: unknown): Facts {
	if (!(thrown instanceof Error)) return { name: typeof thrown };
	const code = (thrown as { code?: unknown }).code;
	return {
		name: thrown.name,
		...(typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? { code } : {}),
		frames: (thrown.stack ?? '')
			.split('\n')
			.filter((line) => /^\s+at /.test(line))
			.slice(0, 12)
			.map((line) => line.trim())
	};
}

let sink: Sink | undefined;

/**
 * A line that cannot be written (full disk, closed pipe) is dropped: pino's own stream tries again and again, and the whole server
 * stands still until there is room.
 */
const output = {
	write(line: string): void {
		try {
			writeSync(1, line);
		} catch {
			// There is no other place to say it.
		}
	}
};

/** Opens the log on standard output. Until then (tests, command-line tools) nothing is written. */
export function openLog(level: string): void {
	sink = pino({ base: undefined, timestamp: pino.stdTimeFunctions.isoTime, level }, output);
}

/** Writes one line. `event` is a fixed word of the code: `request`, `fault`, `job`. */
export function log(level: Level, event: string, facts: Facts): void {
	sink?.[level](allowed(facts), event);
}
