/**
 * Rest under AES-GCM with a key the browser keeps and never gives out. The id of the record is bound in, so that one
 * record's content cannot be put in another's place.
 */
export type Sealed = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer };

const utf8 = new TextEncoder();

export const newKey = (): Promise<CryptoKey> =>
	crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);

export async function sealBytes(key: CryptoKey, id: string, content: Uint8Array<ArrayBuffer>): Promise<Sealed> {
	const iv = crypto.getRandomValues(new Uint8Array(12));
	const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: utf8.encode(id) }, key, content);
	return { iv, data };
}

export async function openBytes(key: CryptoKey, id: string, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> {
	const algorithm = { name: 'AES-GCM', iv: sealed.iv, additionalData: utf8.encode(id) };
	return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed.data));
}

export const seal = (key: CryptoKey, id: string, content: unknown): Promise<Sealed> =>
	sealBytes(key, id, utf8.encode(JSON.stringify(content)));

/** Rejects when the record was changed or belongs elsewhere. */
export async function unseal<T>(key: CryptoKey, id: string, sealed: Sealed): Promise<T> {
	return JSON.parse(new TextDecoder().decode(await openBytes(key, id, sealed))) as T;
}
