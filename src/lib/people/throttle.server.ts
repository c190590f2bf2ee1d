/**
 * Slows guessing down: every wrong try in a row makes the next wait longer, per account and per address. Nobody is locked out
 * for good, and a browser on which the account has signed in before has a count of its own, so a stranger cannot keep the owner out.
 * Lives in memory: one process serves a town, and a restart forgives.
 */
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { TooBusy } from '#lib/server/errors.ts';

const DAY = 24 * 3600;
/** Free tries before waiting begins, and the longest wait in seconds. A whole office may stand behind one address. */
export const patience = {
	account: { free: 5, longest: 15 * 60 },
	address: { free: 40, longest: 15 * 60 },
	code: { free: 8, longest: 60 * 60 },
	/** Applications by the public form: a school may let its parents fill it in at one machine. */
	application: { free: 20, longest: 15 * 60 }
} as const;
type Kind = keyof typeof patience;

/** What is counted together: one account (or the known browser of it), one address. */
export type Counted = { kind: Kind; key: string };

const tries = new RateLimiterMemory({ keyPrefix: 'tries', points: Number.MAX_SAFE_INTEGER, duration: DAY });
const waits = new RateLimiterMemory({ keyPrefix: 'waits', points: 1, duration: DAY });

/** Counts one try, or throws `TooBusy` with the seconds to wait. Counted before the answer is known: a hundred at once are a hundred tries. */
export function countTry(...counted: Counted[]): Promise<void> {
	// One after the other: between the question and the count another try must not slip through.
	const mine = turn.then(() => count(counted));
	turn = mine.catch(() => undefined);
	return mine;
}
let turn: Promise<unknown> = Promise.resolve();

async function count(counted: Counted[]): Promise<void> {
	const names = counted.map(({ kind, key }) => `${kind}:${key}`);
	for (const name of names) {
		const wait = (await waits.get(name))?.msBeforeNext ?? 0;
		if (wait > 0) throw new TooBusy(Math.ceil(wait / 1000));
	}
	for (const [n, { kind }] of counted.entries()) {
		const { consumedPoints } = await tries.penalty(names[n]!);
		const over = consumedPoints - patience[kind].free;
		if (over >= 0) await waits.block(names[n]!, Math.min(2 ** over, patience[kind].longest));
	}
}

/** The try was right: its account begins anew. An address does not, or one own account would buy endless guesses. */
export async function forgetTries(...counted: Counted[]): Promise<void> {
	for (const { kind, key } of counted) {
		if (kind === 'address') await tries.reward(`address:${key}`);
		else await tries.delete(`${kind}:${key}`);
		await waits.delete(`${kind}:${key}`);
	}
}
