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

const given = (...values: unknown[]) => values.filter((value) => value !== undefined).length;

const fields = z.object({
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
	MIGRATIONS: z._default(filled, 'drizzle'),
	/** The mail server, e.g. `smtps://user:password@mail.example.jp`. Without it no mail is sent. */
	SMTP_URL: z.optional(z.url({ protocol: /^smtps?$/, error: 'must be smtp://… or smtps://…' })),
	/** From whom: `みまもりポケット <mimamori@example.jp>`. */
	MAIL_FROM: z.optional(filled),
	/** The pair of keys of `npx web-push generate-vapid-keys`. Without them nothing is pushed. */
	VAPID_PUBLIC_KEY: z.optional(z.string().check(z.regex(/^[\w-]{87}$/, 'must be 65 bytes in base64url'))),
	VAPID_PRIVATE_KEY: z.optional(z.string().check(z.regex(/^[\w-]{43}$/, 'must be 32 bytes in base64url'))),
	/** Where the services of the browsers reach whoever runs this server: `mailto:…` or `https://…`. */
	VAPID_SUBJECT: z.optional(z.string().check(z.regex(/^(mailto:.+@|https:\/\/)./, 'must be mailto:… or https://…'))),
	/** `host:port` beside the services of the browsers to which the invented town may push, in tests. */
	PUSH_TEST_HOST: z.optional(filled)
});
const shape = fields.check(
	z.refine((env) => given(env.SMTP_URL, env.MAIL_FROM) !== 1, { path: ['MAIL_FROM'], error: 'goes with SMTP_URL' }),
	z.refine((env) => [0, 3].includes(given(env.VAPID_PUBLIC_KEY, env.VAPID_PRIVATE_KEY, env.VAPID_SUBJECT)), {
		path: ['VAPID_PUBLIC_KEY'],
		error: 'goes with VAPID_PRIVATE_KEY and VAPID_SUBJECT'
	})
);

export type Env = z.output<typeof shape>;

/** Checks an environment. Throws one `Error` that names every key that is wrong. An empty value counts as absent. */
export function checkEnv(from: Record<string, string | undefined>): Env {
	const filledIn = Object.fromEntries(Object.entries(from).filter(([, value]) => value !== ''));
	const parsed = shape.safeParse(filledIn);
	if (parsed.success) return parsed.data;
	const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
	throw new Error(`the environment is not right:\n  ${wrong.join('\n  ')}\n(see the table of settings in README.md)`);
}

let checked: Env | undefined;

/** The checked environment of this process. */
export function env(): Env {
	return (checked ??= checkEnv(process.env));
}
