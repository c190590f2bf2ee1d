import { randomFillSync } from 'node:crypto';

/** Random bytes in stock: asking the system for 16 at a time costs more than all the rest. */
const pool = new Uint8Array(16 * 256);
let at = pool.length;
let lastNow = -1;
let counter = 0;

/**
 * A UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, 12 that count up within the millisecond, then random bits. Sorts by the time
 * it was made, also among those one process made at once.
 */
export function newId(now: number = Date.now()): string {
	if (at === pool.length) {
		randomFillSync(pool);
		at = 0;
	}
	const bytes = pool.slice(at, (at += 16));
	// Goes on through a change of the millisecond, because callers with a clock of their own alternate with those of the wall.
	// Beginning anew costs the order of two ids now and then, never their uniqueness.
	counter = now === lastNow || counter < 0x800 ? (counter + 1) & 0xfff : 0;
	lastNow = now;
	for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff;
	bytes[6] = 0x70 | (counter >> 8);
	bytes[7] = counter & 0xff;
	bytes[8] = 0x80 | (bytes[8]! & 0x3f);
	const hex = Buffer.from(bytes).toString('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
