/**
 * The sorts of error a room may throw. `server/http/answers.ts` alone turns them into HTTP.
 * Anything else that is thrown is our fault: an error number on screen and in the log.
 */

/** Not there, or not for this person: both look the same from outside (404). */
export class NotFound extends Error {
	constructor(what = 'not found') {
		super(what);
		this.name = 'NotFound';
	}
}

/** The person is known and the page is theirs, but this deed is not (403). */
export class Forbidden extends Error {
	constructor(what = 'forbidden') {
		super(what);
		this.name = 'Forbidden';
	}
}

/**
 * The person's input breaks a rule (422, what was typed is kept).
 * `code` is a message key of the words (`error_…`), `field` the form field it concerns, `params` fill the message.
 */
export class RuleBroken extends Error {
	readonly code: string;
	readonly field: string | undefined;
	readonly params: Record<string, string | number>;
	constructor(code: string, field?: string, params: Record<string, string | number> = {}) {
		super(code);
		this.name = 'RuleBroken';
		this.code = code;
		this.field = field;
		this.params = params;
	}
}

/** Too many at once, or too many wrong tries (429). Nothing was decided; the same again later may be right. */
export class TooBusy extends Error {
	readonly seconds: number;
	constructor(seconds = 5) {
		super('too busy');
		this.name = 'TooBusy';
		this.seconds = seconds;
	}
}
