/** A mail server for tests: takes what it is given, or answers as it is told to. */
import { createServer, type Socket } from 'node:net';

export type Received = { to: string; data: string };
export type MailServer = {
	url: string;
	mails: Received[];
	/** What it answers to the next letters: a line beginning with a code, or `silence`. Empty: it takes them. */
	answers: string[];
	/** How many times somebody tried to hand a letter in. */
	tries: () => number;
	close: () => Promise<void>;
};

export async function mailServer(): Promise<MailServer> {
	const mails: Received[] = [];
	const answers: string[] = [];
	const sockets = new Set<Socket>();
	let tries = 0;
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.on('close', () => sockets.delete(socket));
		socket.on('error', () => undefined);
		let text = '';
		let to = '';
		let inData = false;
		const say = (line: string) => socket.write(`${line}\r\n`);
		const take = (data: string) => {
			tries++;
			const answer = answers.shift();
			if (answer !== 'silence' && !answer) mails.push({ to, data });
			if (answer !== 'silence') say(answer ?? '250 taken');
		};
		socket.on('data', (chunk) => {
			text += chunk.toString('utf8');
			for (;;) {
				const end = inData ? text.indexOf('\r\n.\r\n') : text.indexOf('\r\n');
				if (end < 0) return;
				const said = text.slice(0, end);
				text = text.slice(end + (inData ? 5 : 2));
				if (inData) {
					inData = false;
					take(said);
				} else if (/^(EHLO|HELO)/i.test(said)) say('250 localhost');
				else if (/^RCPT TO:<(.*)>/i.test(said)) {
					to = /^RCPT TO:<(.*?)>/i.exec(said)![1]!;
					say('250 fine');
				} else if (/^DATA/i.test(said)) {
					inData = true;
					say('354 go on');
				} else if (/^QUIT/i.test(said)) socket.end('221 bye\r\n');
				else say('250 fine');
			}
		});
		say('220 localhost');
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	const address = server.address();
	if (typeof address !== 'object' || !address) throw new Error('no port');
	return {
		url: `smtp://127.0.0.1:${address.port}`,
		mails,
		answers,
		tries: () => tries,
		close: () => {
			for (const socket of sockets) socket.destroy();
			return new Promise((done) => server.close(() => done()));
		}
	};
}

/** The words of a letter: our text in base64 or quoted-printable as nodemailer chose. */
export function wordsOf({ data }: Received): string {
	const [head = '', ...rest] = data.split('\r\n\r\n');
	const body = rest.join('\r\n\r\n');
	if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
	if (!/quoted-printable/i.test(head)) return body;
	const bytes = body
		.replace(/=\r\n/g, '')
		.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
	return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** What stands over a letter, put together from its encoded words. */
export function subjectOf({ data }: Received): string {
	const line = /^Subject: (.*(?:\r\n[ \t].*)*)/im.exec(data)?.[1] ?? '';
	const words = line.replace(/\?=\s+=\?/g, '?==?').replace(/\r\n[ \t]/g, ' ');
	return words.replace(/=\?utf-8\?([bq])\?(.*?)\?=/gi, (_, way: string, text: string) =>
		/b/i.test(way)
			? Buffer.from(text, 'base64').toString('utf8')
			: Buffer.from(
					text
						.replaceAll('_', ' ')
						.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
					'latin1'
				).toString('utf8')
	);
}
