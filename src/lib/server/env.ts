/**
 * The only file that reads the environment: checked once at start, with a sentence for what is wrong.
 * Every key stands in the table of the README.
 */
import * as z from 'zod/mini';

const flag = z.pipe(
	z.optional(z.enum(['0', '1', 'true', 'false', ''])),
	z.transform((value) => value === '1' || value === 'true')
);
const filled = z.string().check(z.minLength(1));

const shape = z.object({
	/** The address people type, e.g. `https://mimamori.example.jp`. Cookies, links and the origin check rest on it. */
	ORIGIN: z.url({
		protocol: /^https?$/,
		error: 'must be the address people type, e.g. https://mimamori.example.jp'
	}),
	/** The database file. Its lock, its backups and nothing else stand beside it. */
	DATABASE: z._default(filled, 'data/mimamori.db'),
	/** Folder of the verified backups. */
	BACKUPS: z.optional(filled),
	HOST: z._default(filled, '0.0.0.0'),
	PORT: z._default(z.coerce.number().check(z.int(), z.minimum(0), z.maximum(65535)), 3000),
	/** `1` lets the invented town in. Without it the server refuses a database that holds demo people. */
	DEMO: flag,
	/** Password of the invented people. */
	DEMO_PASSWORD: z._default(filled, 'mimamori-demo'),
	LOG_LEVEL: z._default(z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']), 'info'),
	/** Largest body of a request; routes set tighter limits of their own. */
	BODY_SIZE_LIMIT: z._default(filled, '27M'),
	/** Seconds that requests under way get when the server is told to stop. */
	SHUTDOWN_TIMEOUT: z._default(z.coerce.number().check(z.positive()), 25),
	/** `1` takes the worker out of every browser that comes by (kill switch). What people recorded stays. */
	WORKER_OFF: flag,
	/** The oldest build of the app (`/_app/version.json`) that may go on without a word: older phones are asked to update. */
	MIN_APP: z.optional(
		z.string().check(z.regex(/^\d+$/, 'must be the number of a build, as /_app/version.json says it'))
	),
	/** Folder with the numbered SQL files. */
	MIGRATIONS: z._default(filled, 'drizzle')
});

export type Env = z.output<typeof shape>;

/** Checks an environment. Throws one `Error` that names every key that is wrong. An empty value counts as absent. */
export function checkEnv(from: Record<string, string | undefined>): Env {
	const given = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== ''));
	const parsed = shape.safeParse(given);
	if (parsed.success) return parsed.data;
	const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
	throw new Error(`the environment is not right:\n  ${wrong.join('\n  ')}\n(see the table of settings in README.md)`);
}

let checked: Env | undefined;

/** The checked environment of this process. */
export function env(): Env {
	return (checked ??= checkEnv(process.env));
}
