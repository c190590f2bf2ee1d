/**
 * Emergency copies and rescue files: finished records that leave the phone another way than by sending. Sealed to the server's
 * public key, so that neither a borrowed phone nor a forwarded file shows what is in them: not even the phone that made one can
 * open it again. Pure; the same file runs in page, server and test.
 */
import * as z from 'zod/mini';
import { limits, opSchema } from './protocol.ts';

const RESCUE = 'mp-rescue/1';

/** What one file may hold, sealed: well below what a server takes in one request. */
export const FILE_SIZE = 2_400_000;
/** And what goes into it: photos are written as text, and once more when sealed. */
export const CONTENT_SIZE = 1_200_000;

const base64 = z.string().check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/));

/** The key a phone seals to; which one, so that an old file finds its key. */
export const rescueKeySchema = z.strictObject({ id: z.string().check(z.maxLength(64)), publicKey: base64 });
export type RescueKey = z.output<typeof rescueKeySchema>;

const sealedSchema = z.strictObject({
	p: z.literal(RESCUE),
	/** Which key of the server opens it. */
	key: z.string().check(z.maxLength(64)),
	/** Public half of the key that was made for this file and thrown away. */
	from: base64,
	iv: base64,
	data: base64
});

/** What is inside: ops exactly as they would have been sent, and those photos of them that had room. */
const contentSchema = z.strictObject({
	at: z.iso.datetime({ offset: true }),
	ops: z.array(opSchema).check(z.minLength(1), z.maxLength(limits.ops)),
	blobs: z.array(z.strictObject({ sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)), data: base64 }))
});
export type RescueContent = z.output<typeof contentSchema>;

/** What the server says when a phone hands in its own emergency copy. */
export const handedInSchema = z.strictObject({
	p: z.string(),
	server: z.string(),
	era: z.int(),
	now: z.string(),
	taken: z.int(),
	known: z.int()
});

const utf8 = new TextEncoder();
const curve = { name: 'ECDH', namedCurve: 'P-256' } as const;

export function toBase64(bytes: Uint8Array): string {
	let text = '';
	for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
	return btoa(text);
}

export const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
	Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** Both sides come to the same key: from one's private and the other's public half. Used once, for one file. */
async function agree(own: CryptoKey, other: CryptoKey, key: string, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
	const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: other }, own, 256);
	const material = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey']);
	const hkdf = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info: utf8.encode(`${RESCUE} ${key}`) };
	return crypto.subtle.deriveKey(hkdf, material, { name: 'AES-GCM', length: 256 }, false, [use]);
}

const importPublic = (text: string) => crypto.subtle.importKey('raw', fromBase64(text), curve, true, []);

/** A new pair of keys for a server, as text. */
export async function newRescueKeys(): Promise<{ publicKey: string; privateKey: string }> {
	const pair = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
	const [raw, pkcs8] = [
		await crypto.subtle.exportKey('raw', pair.publicKey),
		await crypto.subtle.exportKey('pkcs8', pair.privateKey)
	];
	return { publicKey: toBase64(new Uint8Array(raw)), privateKey: toBase64(new Uint8Array(pkcs8)) };
}

/** Seals to the server's key. The result is the text of the file. */
export async function sealRescue(to: RescueKey, content: RescueContent): Promise<string> {
	const once = await crypto.subtle.generateKey(curve, true, ['deriveBits']);
	const from = toBase64(new Uint8Array(await crypto.subtle.exportKey('raw', once.publicKey)));
	const key = await agree(once.privateKey, await importPublic(to.publicKey), to.id, 'encrypt');
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const algorithm = { name: 'AES-GCM', iv, additionalData: utf8.encode(from) };
	const data = await crypto.subtle.encrypt(algorithm, key, utf8.encode(JSON.stringify(content)));
	return JSON.stringify({ p: RESCUE, key: to.id, from, iv: toBase64(iv), data: toBase64(new Uint8Array(data)) });
}

/** Which key a file is sealed to; undefined when it is no such file. */
export function keyOfRescue(text: string): string | undefined {
	try {
		return sealedSchema.safeParse(JSON.parse(text)).data?.key;
	} catch {
		return undefined;
	}
}

/** Opens a file with the server's private key; undefined when it was changed on the way or holds something else. */
export async function openRescue(privateKey: string, text: string): Promise<RescueContent | undefined> {
	try {
		const sealed = sealedSchema.parse(JSON.parse(text));
		const own = await crypto.subtle.importKey('pkcs8', fromBase64(privateKey), curve, false, ['deriveBits']);
		const key = await agree(own, await importPublic(sealed.from), sealed.key, 'decrypt');
		const algorithm = { name: 'AES-GCM', iv: fromBase64(sealed.iv), additionalData: utf8.encode(sealed.from) };
		const plain = await crypto.subtle.decrypt(algorithm, key, fromBase64(sealed.data));
		return contentSchema.safeParse(JSON.parse(new TextDecoder().decode(plain))).data;
	} catch {
		return undefined;
	}
}
