/** One client process: presses 出ます again and again, as told on standard input, and says on standard output what was answered. */
import { text } from 'node:stream/consumers';
import { Pool } from 'undici';

/** `enhanced` sends the form as the page's script does (no page in the answer), otherwise as a browser without scripts. */
export type Orders = { port: number; tries: [cookie: string, shift: string][]; atOnce: number; enhanced: boolean };
export type Answered = { joined: number; refused: number; other: string[]; ms: number };

const orders = JSON.parse(await text(process.stdin)) as Orders;
const host = `localhost:${orders.port}`;
// Lighter than node:http: who presses must not take the cores from who is pressed.
const pool = new Pool(`http://127.0.0.1:${orders.port}`, { connections: orders.atOnce });

async function press([cookie, shift]: Orders['tries'][number]): Promise<{ status: number; body: string }> {
	const body = `id=${shift}`;
	const headers = {
		host,
		origin: `http://${host}`,
		cookie: `mp=${cookie}`,
		'content-type': 'application/x-www-form-urlencoded',
		'content-length': String(body.length),
		...(orders.enhanced ? { accept: 'application/json', 'x-sveltekit-action': 'true' } : { accept: 'text/html' })
	};
	const answer = await pool.request({ path: '/shifts?/join', method: 'POST', headers, body });
	return { status: answer.statusCode, body: await answer.body.text() };
}

const answered: Answered = { joined: 0, refused: 0, other: [], ms: 0 };
let next = 0;
const started = performance.now();
await Promise.all(
	Array.from({ length: orders.atOnce }, async () => {
		for (let turn = orders.tries[next++]; turn; turn = orders.tries[next++]) {
			const { status, body } = await press(turn);
			const type = orders.enhanced && status === 200 ? (JSON.parse(body) as { type: string }).type : String(status);
			if (type === 'redirect' || type === '303') answered.joined++;
			else if (type === 'failure' || type === '422') answered.refused++;
			else answered.other.push(`${status} ${body.slice(0, 200)}`);
		}
	})
);
answered.ms = performance.now() - started;
process.stdout.write(JSON.stringify(answered));
process.exit(0);
