/** One of several processes that push the same ops to one file: `node tests/faults/pusher.ts <file> <push.json> <times>`. Prints the results. */
import { readFileSync } from 'node:fs';
import * as z from 'zod/mini';
import { actorOf } from '#lib/people/sessions.server.ts';
import { closeDatabase, db, openDatabase } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { storeErrorCode } from '#lib/sync/apply.server.ts';
import { registerHandler } from '#lib/sync/handlers.server.ts';
import { thaw, type Answer, type Push } from '#lib/sync/protocol.ts';
import { receive } from '#lib/sync/receive.server.ts';
import { town } from '../../src/demo/town.ts';

const [file, pushFile, times] = process.argv.slice(2);
openDatabase(file!);
registerHandler('test.fact', {
	schema: { 1: z.looseObject({}) },
	apply: async (tx, op) => record(tx, op.actor, 'test.fact', 'test', op.id)
});
const push = JSON.parse(readFileSync(pushFile!, 'utf8')) as Push;
const now = new Date(push.sentAt);
const author = thaw(push.ops[0]!.bytes)!.author;
const actor = (await actorOf(db, town.municipality, author, now))!;
/** One push and its answer. Where the others kept the file busy for too long nothing was stored, and it is sent again: as after a 503. */
async function answered(): Promise<Answer> {
	for (;;) {
		try {
			const answer = await receive(actor, push, now, String);
			if (typeof answer === 'string') throw new Error(answer);
			return answer;
		} catch (thrown) {
			if (storeErrorCode(thrown) !== 'SQLITE_BUSY') throw thrown;
		}
	}
}
const said: string[] = [];
for (let i = 0; i < Number(times); i++)
	for (const result of (await answered()).results) said.push(`${result.s} ${'no' in result ? result.no : ''}`);
closeDatabase();
console.log(JSON.stringify(said));
