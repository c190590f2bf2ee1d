/** Hashing and checking of passwords. Slow on purpose: never called inside a transaction. */
import { hash, verify } from '@node-rs/argon2';
import { TooBusy } from '#lib/server/errors.ts';

/** argon2id (the library's default), 19 MiB, two passes, one lane. */
export const cost = { memoryCost: 19456, timeCost: 2, parallelism: 1 };

/** At most so many at once, 19 MiB each; so many more wait; the rest hear that we are busy. */
const AT_ONCE = 4;
const WAITING = 64;
let running = 0;
const waiting: (() => void)[] = [];

/** The argon2id string of a password: its exact bytes, nothing folded. */
export const hashPassword = (password: string): Promise<string> =>
	inTurn(() => hash(Buffer.from(password, 'utf8'), cost));

/** Is this the password? With no stored hash the same time passes, and the answer is no. */
export async function rightPassword(stored: string | null | undefined, password: string): Promise<boolean> {
	const against = stored ?? (await (made ??= hash('nobody has this password', cost)));
	const right = await inTurn(() => verify(against, Buffer.from(password, 'utf8')));
	return right && Boolean(stored);
}

let made: Promise<string> | undefined;

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
	if (running >= AT_ONCE) {
		if (waiting.length >= WAITING) throw new TooBusy();
		await new Promise<void>((go) => waiting.push(go));
	} else running++;
	try {
		return await work();
	} finally {
		// The place goes straight to the next in line, so that nobody slips in between.
		const next = waiting.shift();
		if (next) next();
		else running--;
	}
}
