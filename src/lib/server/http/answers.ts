/** The one place where what rooms throw becomes HTTP. */
import { error } from '@sveltejs/kit';
import { Forbidden, NotFound, RuleBroken, TooBusy } from '#lib/server/errors.ts';
import * as words from '#lib/words/messages.js';

/** The sentence for a message key (`error_…`) in the language of this request. An unknown key is a fault of ours and says so loudly. */
export function sentence(key: string, params: Record<string, string | number> = {}): string {
	const message = (words as unknown as Record<string, (p: object) => string>)[key];
	if (!message) throw new Error(`no words for ${key}`);
	return message(params);
}

/** Throws the HTTP answer that belongs to an error of a room; everything else goes on as it is (500, with a number). */
export function answer(thrown: unknown): never {
	if (thrown instanceof NotFound) error(404, sentence('error_not_found'));
	if (thrown instanceof Forbidden) error(403, sentence('error_forbidden'));
	if (thrown instanceof RuleBroken) error(422, sentence(thrown.code, thrown.params));
	if (thrown instanceof TooBusy) error(429, sentence('error_wait', { time: waitingTime(thrown.seconds) }));
	throw thrown;
}

/** A waiting time in words: seconds, from two minutes on minutes. */
export const waitingTime = (seconds: number) =>
	seconds < 120 ? words.people_seconds({ count: seconds }) : words.people_minutes({ count: Math.ceil(seconds / 60) });
