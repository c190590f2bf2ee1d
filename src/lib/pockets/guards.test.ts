/** Whoever writes past the verbs is refused by the database itself. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connections, transaction } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../../tests/database.ts';
import { seedPeople } from '../../demo/people.ts';
import { seedPockets } from '../../demo/pockets.ts';

let close: () => void;
beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		for (const seed of [seedPeople, seedPockets]) await seed(tx, '2026-11-22');
	});
}, 60_000);
afterAll(() => close());

const registered = `id = (SELECT id FROM pocket WHERE state = 'registered' LIMIT 1)`;
const applied = `id = (SELECT id FROM pocket WHERE state = 'applied' LIMIT 1)`;
const ended = `id = (SELECT id FROM pocket WHERE state = 'ended' LIMIT 1)`;
const refused: [what: string, sql: string][] = [
	[
		'registered without a briefing',
		`UPDATE pocket SET state = 'registered', number = 99999, registeredOn = '2026-11-20' WHERE ${applied}`
	],
	['ended without a reason', `UPDATE pocket SET state = 'ended', endedOn = '2026-11-20' WHERE ${registered}`],
	[
		'ended before it began',
		`UPDATE pocket SET state = 'ended', endedOn = '2000-01-01', ending = 'moved' WHERE ${registered}`
	],
	['back to life without a trace', `UPDATE pocket SET state = 'registered' WHERE ${ended}`],
	['another number', `UPDATE pocket SET number = 99999 WHERE ${registered}`],
	[
		'the number twice',
		`UPDATE pocket SET number = 1, explainedOn = '2026-11-01', registeredOn = '2026-11-02', state = 'registered' WHERE ${applied}`
	],
	['a pocket deleted', `DELETE FROM pocket WHERE ${registered}`],
	[
		'a line of history rewritten',
		`UPDATE pocket_deed SET "on" = '2020-01-01' WHERE id = (SELECT id FROM pocket_deed LIMIT 1)`
	],
	['a line of history taken away', `DELETE FROM pocket_deed WHERE id = (SELECT id FROM pocket_deed LIMIT 1)`],
	[
		'other words under a consent',
		`UPDATE pocket_consent SET text = 'x', withdrawnOn = '2026-11-20', withdrawnAt = 1 WHERE id = (SELECT id FROM pocket_consent LIMIT 1)`
	],
	['a consent deleted', `DELETE FROM pocket_consent WHERE id = (SELECT id FROM pocket_consent LIMIT 1)`],
	[
		'another answer',
		`UPDATE pocket_confirmation SET result = 'moved' WHERE id = (SELECT id FROM pocket_confirmation LIMIT 1)`
	]
];
test.each(refused)('refused: %s', (_, sql) => {
	expect(() => connections().writer.exec(sql)).toThrow(/guard:|UNIQUE/);
});

test('a consent is taken back once, and identity can be dropped from the history', () => {
	const take = `UPDATE pocket_consent SET withdrawnOn = '2026-11-20', withdrawnAt = 1 WHERE id = (SELECT min(id) FROM pocket_consent)`;
	connections().writer.exec(take);
	expect(() => connections().writer.exec(take)).toThrow(/guard:/);
	connections().writer.exec(`UPDATE pocket_deed SET words = NULL, facts = NULL`);
});
