/** The push service of a browser, and the browser behind it, for tests: takes, checks the signature, decrypts. */
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';

export type PushService = {
	host: string;
	/** What arrived and could be read, by device. */
	words: { device: string; text: string; signedFor: string; ttl: string }[];
	/** What it answers to the next pushes. Empty: 201. */
	answers: (number | { status: number; location: string })[];
	tries: () => number;
	/** A browser that lets somebody push to it. */
	device: (name: string) => { endpoint: string; p256dh: string; auth: string };
	close: () => Promise<void>;
};

type Keys = { ecdh: ReturnType<typeof createECDH>; auth: Buffer };

export async function pushService(): Promise<PushService> {
	const words: PushService['words'] = [];
	const answers: PushService['answers'] = [];
	const devices = new Map<string, Keys>();
	let tries = 0;
	const server = createServer((request, response) => {
		void read(request).then((body) => {
			tries++;
			const name = request.url!.slice(1);
			const keys = devices.get(name);
			const answer = keys ? (answers.shift() ?? 201) : 410;
			const { status, location } = typeof answer === 'number' ? { status: answer, location: undefined } : answer;
			if (keys && status === 201)
				words.push({
					device: name,
					text: decrypted(body, keys),
					signedFor: signedFor(request.headers.authorization ?? ''),
					ttl: String(request.headers.ttl)
				});
			response.writeHead(status, location ? { location } : {}).end();
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const address = server.address();
	if (typeof address !== 'object' || !address) throw new Error('no port');
	const host = `127.0.0.1:${address.port}`;
	return {
		host,
		words,
		answers,
		tries: () => tries,
		device(name) {
			const ecdh = createECDH('prime256v1');
			const p256dh = ecdh.generateKeys().toString('base64url');
			const auth = randomBytes(16);
			devices.set(name, { ecdh, auth });
			return { endpoint: `http://${host}/${name}`, p256dh, auth: auth.toString('base64url') };
		},
		close: () => new Promise((done) => server.close(() => done()))
	};
}

async function read(request: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part as Buffer);
	return Buffer.concat(parts);
}

/** RFC 8291 over RFC 8188: one record of aes128gcm. */
function decrypted(body: Buffer, { ecdh, auth }: Keys): string {
	const salt = body.subarray(0, 16);
	const length = body[20]!;
	const theirs = body.subarray(21, 21 + length);
	const sealed = body.subarray(21 + length);
	const derive = (secret: Uint8Array, salt: Uint8Array, info: Uint8Array | string, bytes: number) =>
		Buffer.from(hkdfSync('sha256', secret, salt, info, bytes));
	const info = Buffer.concat([Buffer.from('WebPush: info\0'), ecdh.getPublicKey(), theirs]);
	const secret = derive(ecdh.computeSecret(theirs), auth, info, 32);
	const key = derive(secret, salt, 'Content-Encoding: aes128gcm\0', 16);
	const nonce = derive(secret, salt, 'Content-Encoding: nonce\0', 12);
	const opening = createDecipheriv('aes-128-gcm', key, nonce);
	opening.setAuthTag(sealed.subarray(-16));
	const plain = Buffer.concat([opening.update(sealed.subarray(0, -16)), opening.final()]);
	return plain.subarray(0, plain.lastIndexOf(2)).toString('utf8');
}

/** RFC 8292: for which service it is signed. Throws when the signature is not that of the key beside it. */
function signedFor(header: string): string {
	const [, token = '', key = ''] = /^vapid t=([\w.-]+), ?k=([\w-]+)$/.exec(header) ?? [];
	const [head = '', claims = '', signature = ''] = token.split('.');
	const point = Buffer.from(key, 'base64url');
	const jwk = {
		kty: 'EC',
		crv: 'P-256',
		x: point.subarray(1, 33).toString('base64url'),
		y: point.subarray(33).toString('base64url')
	};
	const signer = { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' } as const;
	if (!verify('sha256', Buffer.from(`${head}.${claims}`), signer, Buffer.from(signature, 'base64url')))
		throw new Error('the signature is not right');
	return (JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { aud: string }).aud;
}
