/**
 * `mp-sync/1`: every message between phone and server, with its limits. Pure: the same file runs in page, worker, server and test.
 * What is sent is frozen once as text (`Bytes`), named by its SHA-256, and never serialised again: a correction is a new op
 * that names its `base`.
 */
import * as z from 'zod/mini';

export const PROTOCOL = 'mp-sync/1';

/** Limits both ends hold. Sizes are bytes of UTF-8. */
export const limits = {
	bytes: 32 * 1024,
	ops: 100,
	push: 1024 * 1024,
	blob: 2 * 1024 * 1024,
	blobChunk: 256 * 1024,
	deps: 8,
	blobs: 8,
	missing: 100
} as const;

/** Milliseconds either end waits for so many bytes: twenty seconds, and longer by the size on the slowest network (2 kB/s). */
export const patience = (size: number): number => 20_000 + size / 2;

const uuid7 = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
const name = z.string().check(z.minLength(1), z.maxLength(64));
const sha256Text = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const instant = z.iso.datetime({ offset: true });
const counted = z.int().check(z.minimum(0));
const duration = z.number().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER));

/** `room.verb`. Which kinds there are is decided by the rooms that register a handler, so a new phone may talk to an older server. */
const kind = z.string().check(z.maxLength(40), z.regex(/^[a-z][a-zA-Z]*(\.[a-z][a-zA-Z]*)?$/));

/** Most sensitive kinds: what was written leaves the phone with the receipt; that something was sent stays. */
const delicate: readonly string[] = ['pocket.runIn'];
export const isDelicate = (of: string): boolean => delicate.includes(of);

/** On whose behalf: an association, a section of the city, a school, a refuge home. */
export const bodySchema = z.strictObject({
	type: z.enum(['association', 'section', 'school', 'pocket']),
	id: name
});
export type Body = z.output<typeof bodySchema>;

/** Everything that means something, as it stands inside `op.bytes`. */
export const bytesSchema = z.strictObject({
	v: z.literal(1),
	id: uuid7,
	kind,
	kv: z.int().check(z.minimum(1), z.maximum(1000)),
	/** Bound when the person finishes; never taken from whoever is signed in when it is sent. */
	author: name,
	body: bodySchema,
	/** The phone's clock when it was finished. Data, never authority. */
	at: instant,
	/** Milliseconds since the app started, and which start that was: they give the true time when the clock is wrong. */
	mono: duration,
	boot: name,
	/** The op this one corrects, withdraws or voids. */
	base: z.optional(uuid7),
	/** Ops that must have been applied before. */
	deps: z.array(uuid7).check(z.maxLength(limits.deps)),
	/** Photos and tracks that travel apart. */
	blobs: z.array(sha256Text).check(z.maxLength(limits.blobs)),
	payload: z.record(z.string(), z.unknown())
});
export type Bytes = z.output<typeof bytesSchema>;

/** A receipt of an earlier era, offered again after a restore. `sig` is the server's own. */
const receiptSchema = z.strictObject({ era: counted, no: counted, sig: z.string().check(z.maxLength(128)) });
export type Receipt = z.output<typeof receiptSchema>;

export const opSchema = z.strictObject({
	device: name,
	epoch: name,
	/** Gap-free within device and epoch: the server can say how many are missing. */
	seq: z.int().check(z.minimum(1)),
	hash: sha256Text,
	bytes: z.string().check(z.minLength(2), z.maxLength(limits.bytes)),
	receipt: z.optional(receiptSchema)
});
export type Op = z.output<typeof opSchema>;

export const headSchema = z.strictObject({
	lastSeq: counted,
	pending: counted,
	oldestAt: z.nullable(instant)
});
export type Head = z.output<typeof headSchema>;

/** May travel packed (`content-encoding: gzip`); the limit holds for what it unpacks to. */
export const pushSchema = z.strictObject({
	p: z.literal(PROTOCOL),
	app: z.string().check(z.maxLength(64)),
	device: name,
	epoch: name,
	sentAt: instant,
	mono: duration,
	boot: name,
	head: headSchema,
	ops: z.array(opSchema).check(z.minLength(1), z.maxLength(limits.ops))
});
export type Push = z.output<typeof pushSchema>;

export const outcomeSchema = z.strictObject({
	is: z.enum(['accepted', 'waiting', 'needsFix', 'superseded', 'rejected']),
	/** Key of the words (`error_…`); `message` is its sentence in the language of the request. */
	code: z.optional(z.string()),
	field: z.optional(z.string()),
	message: z.optional(z.string()),
	/** Who can mend it: the person by editing, the leader, or nobody. */
	fix: z.optional(z.enum(['edit', 'leader', 'none']))
});
export type Outcome = z.output<typeof outcomeSchema>;

/** `corrupt` has no `no`: it is no receipt, the phone sends again. */
export const resultSchema = z.discriminatedUnion('s', [
	z.strictObject({
		s: z.literal('stored'),
		hash: sha256Text,
		no: counted,
		outcome: outcomeSchema,
		sig: z.optional(z.string())
	}),
	z.strictObject({
		s: z.literal('duplicate'),
		hash: sha256Text,
		no: counted,
		outcome: outcomeSchema,
		sig: z.optional(z.string())
	}),
	/** Same id or same place in the order, other bytes: both kept, one of them in quarantine. */
	z.strictObject({ s: z.literal('conflict'), hash: sha256Text, no: counted }),
	z.strictObject({ s: z.literal('corrupt'), hash: sha256Text })
]);
export type Result = z.output<typeof resultSchema>;

const from = { p: z.literal(PROTOCOL), server: name, era: counted, now: instant };

export const answerSchema = z.strictObject({
	...from,
	/** Everything numbered up to here stands in a verified backup. */
	backupNo: counted,
	results: z.array(resultSchema).check(z.maxLength(limits.ops)),
	missing: z.array(z.tuple([z.int(), z.int()])),
	retryAfterMs: z.optional(duration),
	/** The oldest build that may go on without a word. An older one asks its person to update, and sends all the same. */
	minApp: z.optional(z.string())
});
export type Answer = z.output<typeof answerSchema>;

/** Is this build older than that one? They are numbered by the time they were made; what is not, is not judged. */
export const isOlder = (app: string, than: string | null | undefined): boolean =>
	typeof than === 'string' && /^\d+$/.test(app) && /^\d+$/.test(than) && Number(app) < Number(than);

export const pingSchema = z.strictObject(from);
export type Ping = z.output<typeof pingSchema>;

export const pullSchema = z.strictObject({
	...from,
	changes: z.array(z.looseObject({ kind: z.string() })),
	next: z.string(),
	reset: z.optional(z.boolean())
});
export type Pull = z.output<typeof pullSchema>;

/** What the blob endpoint says: how much it holds. The phone goes on from `offset`. */
export const blobSchema = z.strictObject({ ...from, sha256: sha256Text, offset: counted, complete: z.boolean() });
export type BlobAnswer = z.output<typeof blobSchema>;

/** What a refusal says (401, 403, 413, 422, 429, 503). It is no receipt of anything. */
export const refusalSchema = z.strictObject({
	p: z.literal(PROTOCOL),
	error: z.enum(['signedOut', 'otherPerson', 'revoked', 'tooLarge', 'shape', 'busy', 'later'])
});
export type Refusal = z.output<typeof refusalSchema>['error'];

const utf8 = new TextEncoder();

/** Length in bytes of UTF-8. */
export const byteLength = (text: string): number => utf8.encode(text).length;

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** SHA-256 in hex, of text (as UTF-8) or bytes. */
export async function sha256(data: string | Uint8Array<ArrayBuffer>): Promise<string> {
	const bytes = typeof data === 'string' ? utf8.encode(data) : data;
	return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
}

/** A UUIDv7 made where the thing is born. `now` is milliseconds since 1970. */
export function uuid(now: number): string {
	const bytes = crypto.getRandomValues(new Uint8Array(16));
	for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) & 0xff;
	bytes[6] = 0x70 | (bytes[6]! & 0x0f);
	bytes[8] = 0x80 | (bytes[8]! & 0x3f);
	const text = hex(bytes);
	return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

export type Frozen = { bytes: string; hash: string };

/**
 * Freezes what a person finished: serialised exactly once, named by its hash. Throws `RangeError` when it is larger than an op
 * may be and `TypeError` when it is not of the protocol's shape; both are faults of the caller, not of the person.
 */
export async function freeze(content: Bytes): Promise<Frozen> {
	const bytes = JSON.stringify(content);
	if (byteLength(bytes) > limits.bytes) throw new RangeError('an op is larger than it may be');
	// Read back from the text: what JSON drops or changes (undefined, Date, NaN) shows here and not at the server.
	const parsed = bytesSchema.safeParse(JSON.parse(bytes));
	if (!parsed.success) throw new TypeError(`not an op: ${parsed.error.issues.map((i) => i.path.join('.')).join(', ')}`);
	return { bytes, hash: await sha256(bytes) };
}

/** Reads frozen bytes; undefined when they are not an op. */
export function thaw(bytes: string): Bytes | undefined {
	if (!bytes.isWellFormed() || byteLength(bytes) > limits.bytes) return undefined;
	try {
		const parsed = bytesSchema.safeParse(JSON.parse(bytes));
		return parsed.success ? parsed.data : undefined;
	} catch {
		return undefined;
	}
}
