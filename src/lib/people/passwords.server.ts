/** Hashing and checking of passwords. Slow on purpose: never called inside a transaction. */
import { hash, verify } from '@node-rs/argon2';

/** argon2id (the library's default), 19 MiB, two passes, one lane. */
export const cost = { memoryCost: 19456, timeCost: 2, parallelism: 1 };

/** The argon2id string of a password: its exact bytes, nothing folded. */
export const hashPassword = (password: string): Promise<string> => hash(Buffer.from(password, 'utf8'), cost);

/** Is this the password? With no stored hash the same time passes, and the answer is no. */
export async function rightPassword(stored: string | null | undefined, password: string): Promise<boolean> {
	const right = await verify(stored ?? (await dummy()), Buffer.from(password, 'utf8'));
	return right && Boolean(stored);
}

let made: Promise<string> | undefined;
const dummy = () => (made ??= hashPassword('nobody has this password'));
