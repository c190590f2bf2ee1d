import Database from 'better-sqlite3';
import { expect, test } from '@playwright/test';
import { crowdedTown } from '../crowd.ts';
import { startServer } from '../journeys/server.ts';
import { joins, pressAtOnce } from '../pressers.ts';

const PROCESSES = 6;
const TRIES = 10_000;
const SEATS = 5;

test('six processes press 10,000 times: every place is given once, and every place is given', async () => {
	test.setTimeout(120_000);
	const crowd = await crowdedTown({ people: 60, shifts: 200, capacity: SEATS });
	const server = await startServer(crowd.file, { LOG_LEVEL: 'warn' });
	try {
		// Fifty people want each watch; the processes meet at the same watches at the same moment.
		const tries = crowd.shifts.flatMap((shift, n) =>
			Array.from({ length: 50 }, (_, k) => joins(crowd.cookies[(n + k) % 60]!, shift))
		);
		expect(tries).toHaveLength(TRIES);
		const answers = await pressAtOnce(
			Array.from({ length: PROCESSES }, (_, p) => ({
				port: server.port,
				tries: tries.filter((_, n) => n % PROCESSES === p),
				atOnce: 16,
				enhanced: true
			}))
		);
		expect(answers.flatMap((one) => one.other)).toEqual([]);
		const joined = answers.reduce((sum, one) => sum + one.done.length, 0);
		const refused = answers.reduce((sum, one) => sum + one.refused.length, 0);
		expect([joined, refused]).toEqual([200 * SEATS, TRIES - 200 * SEATS]);
		await server.stop();
		const file = new Database(server.database, { readonly: true });
		const of = (sql: string) => file.prepare(sql).pluck().get();
		const active = 'from sign_up where endedAt is null';
		expect(of(`select count(*) ${active}`)).toBe(200 * SEATS);
		expect(of(`select count(*) from (select 1 ${active} group by shift, seat having count(*) > 1)`)).toBe(0);
		expect(of(`select count(*) from (select 1 ${active} group by shift, person having count(*) > 1)`)).toBe(0);
		expect(of(`select max(n) from (select count(*) n ${active} group by shift)`)).toBe(SEATS);
		expect(of(`select count(*) from trail where deed = 'watches.join'`)).toBe(200 * SEATS);
		file.close();
	} finally {
		await server.remove();
		crowd.remove();
	}
});
