/** Sign-ups per second through the real form: cookie, gate, form, verb, one durable transaction, redirect. */
import { crowdedTown } from '../crowd.ts';
import { startServer } from '../journeys/server.ts';
import { joins, pressAtOnce } from '../pressers.ts';
import type { Figures } from './run.ts';

const PEOPLE = 200;
const SHIFTS = 240;
/** The most a leader can ask for in one watch. */
const SEATS = 50;
const CLIENTS = 1;

export default async function measure(): Promise<Figures> {
	const crowd = await crowdedTown({ people: PEOPLE, shifts: SHIFTS, capacity: SEATS });
	const server = await startServer(crowd.file, { LOG_LEVEL: 'warn' });
	try {
		const turns = PEOPLE / SEATS;
		const all = crowd.shifts.flatMap((shift, n) =>
			crowd.cookies.filter((_, who) => who % turns === n % turns).map((cookie) => joins(cookie, shift))
		);
		const warm = all.splice(0, 2000);
		const orders = (tries: typeof all) =>
			Array.from({ length: CLIENTS }, (_, c) => ({
				port: server.port,
				tries: tries.filter((_, n) => n % CLIENTS === c),
				atOnce: 64,
				enhanced: false
			}));
		await pressAtOnce(orders(warm));
		const answers = await pressAtOnce(orders(all));
		const joined = answers.reduce((sum, one) => sum + one.done.length, 0);
		if (joined !== all.length) throw new Error(`${all.length - joined} were refused: ${answers[0]?.other[0]}`);
		const seconds = Math.max(...answers.map((one) => one.ms)) / 1000;
		return { 'sign-ups through the form': { value: joined / seconds, unit: '/s', aim: '≥ 2,000' } };
	} finally {
		await server.remove();
		crowd.remove();
	}
}
