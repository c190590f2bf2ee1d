/** The one form of the register that needs no sign-in: it takes, tells nothing, belongs to one town, and slows down who floods it. */
import { patience } from '#lib/people/throttle.server.ts';
import { newId } from '#lib/server/db/ids.ts';
import { town } from '../../src/demo/town.ts';
import { expect, test } from '../journeys/fixtures.ts';
import type { Server } from '../journeys/server.ts';
import { rowsIn } from '../journeys/town.ts';
import { otherTown } from '../people.ts';
import { ask, ownForm } from './ask.ts';
import { stateOf } from './state.ts';
import { twoTowns } from './two-towns.ts';

let server: Server;
test.beforeAll(async () => {
	({ server } = await twoTowns());
});
test.afterAll(() => server.remove());

const home = (more: Record<string, string> = {}) => ({
	id: newId(),
	kind: 'home',
	name: '公募 太郎',
	kana: '',
	contact: '',
	phone: '',
	town: '本町五丁目',
	address: '1番1号',
	school: town.schools.honcho,
	closed: '',
	point: '35.7, 139.5',
	...more
});
const send = (fields: Record<string, string>) =>
	ask(server, {
		method: 'POST',
		path: '/pockets-apply',
		headers: ownForm(server),
		body: new URLSearchParams(fields).toString()
	});
const count = () => Number(rowsIn(server, 'SELECT count(*) FROM pocket')[0]);

test('nothing of the register is told, another town’s district is refused, and no home is written over', async () => {
	const { status, body } = await ask(server, { path: '/pockets-apply' });
	expect(status).toBe(200);
	const known = rowsIn(server, `SELECT phone FROM pocket UNION SELECT address FROM pocket UNION SELECT id FROM pocket`);
	expect(known.length).toBeGreaterThan(1_000);
	expect(known.filter((one) => one && body.includes(one))).toEqual([]);
	const before = stateOf(server.database);
	expect((await send(home({ school: otherTown.school }))).status).toBe(422);
	const [taken] = rowsIn(server, `SELECT id FROM pocket WHERE state = 'registered' ORDER BY id LIMIT 1`);
	const again = await send(home({ id: taken!, 'agree:public': 'on' }));
	expect([again.status, again.headers.location]).toEqual([303, '/pockets-apply/thanks']);
	expect(stateOf(server.database)).toEqual(before);
});

test('whoever floods it waits, and nothing is written meanwhile', async () => {
	const before = count();
	const answers: number[] = [];
	for (let n = 0; n < patience.application.free + 1; n++) answers.push((await send(home())).status);
	expect(answers[0]).toBe(303);
	expect(answers.at(-1)).toBe(429);
	const taken = answers.filter((one) => one === 303).length;
	expect(count()).toBe(before + taken);
	expect(taken).toBeLessThanOrEqual(patience.application.free);
	// Signing in from there is another count.
	const login = await ask(server, {
		method: 'POST',
		path: '/login',
		headers: ownForm(server),
		body: new URLSearchParams({ loginId: 'leader', password: 'mimamori-demo', next: '' }).toString()
	});
	expect(login.status).toBe(303);
});
