/** One client process: sends forms again and again, as told on standard input, and says on standard output what was answered. */
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/** One form, as it is sent: a cookie of `signIn`, the address with its action, the fields. `name` says which it was in the answer. */
export type Press = { cookie: string; path: string; body: string; name?: string };
/** `enhanced` sends the form as the page's script does (no page in the answer), otherwise as a browser without scripts. */
export type Orders = { port: number; tries: Press[]; atOnce: number; enhanced: boolean };
/** Names of what was done and of what was refused; in full what was answered in any other way. */
export type Answered = { done: string[]; refused: string[]; other: string[]; ms: number };

const orders = JSON.parse(await text(process.stdin)) as Orders;
const host = `localhost:${orders.port}`;
const kind = orders.enhanced ? 'accept: application/json\r\nx-sveltekit-action: true' : 'accept: text/html';

/** A request as it goes over the wire. */
const written = ({ cookie, path, body }: Press) =>
	`POST ${path} HTTP/1.1\r\nhost: ${host}\r\norigin: http://${host}\r\ncookie: mp=${cookie}\r\n${kind}\r\n` +
	`content-type: application/x-www-form-urlencoded\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/**
 * One connection that stays open, one request after the other. Bare sockets: the clients of npm take as long to ask as the server
 * to answer, on the same two cores.
 */
class Line {
	readonly #socket = connect(orders.port, '127.0.0.1');
	#answer = '';
	#done: ((answer: string) => void) | undefined;

	constructor() {
		this.#socket.setNoDelay(true).setEncoding('utf8');
		this.#socket.on('data', (part: string) => {
			this.#answer += part;
			if (isWhole(this.#answer)) this.#done?.(this.#answer);
		});
		this.#socket.on('close', () => this.#done?.(this.#answer));
	}

	async press(turn: Press): Promise<{ status: number; body: string }> {
		this.#answer = '';
		const answer = await new Promise<string>((done) => {
			this.#done = done;
			this.#socket.write(written(turn));
		});
		const [, body = ''] = answer.split('\r\n\r\n', 2);
		// Chunked: the lines with the lengths are no part of it.
		return { status: Number(answer.slice(9, 12)), body: /^[\da-f]+\r\n([^]*?)\r\n0$/.exec(body)?.[1] ?? body };
	}
}

/** Has everything arrived that was announced? */
function isWhole(answer: string): boolean {
	const end = answer.indexOf('\r\n\r\n');
	if (end < 0) return false;
	const head = answer.slice(0, end).toLowerCase();
	if (head.includes('transfer-encoding: chunked')) return answer.endsWith('\r\n0\r\n\r\n');
	const length = Number(/content-length: (\d+)/.exec(head)?.[1] ?? 0);
	return Buffer.byteLength(answer) >= end + 4 + length;
}

const answered: Answered = { done: [], refused: [], other: [], ms: 0 };
let next = 0;
const started = performance.now();
await Promise.all(
	Array.from({ length: orders.atOnce }, async () => {
		const line = new Line();
		for (let turn = orders.tries[next++]; turn; turn = orders.tries[next++]) {
			const { status, body } = await line.press(turn);
			const type = orders.enhanced && status === 200 ? (JSON.parse(body) as { type: string }).type : String(status);
			if (type === 'redirect' || type === '303') answered.done.push(turn.name ?? '');
			else if (type === 'failure' || type === '422') answered.refused.push(turn.name ?? '');
			else answered.other.push(`${turn.path} ${status} ${body.slice(0, 200)}`);
		}
	})
);
answered.ms = performance.now() - started;
process.stdout.write(JSON.stringify(answered));
process.exit(0);
