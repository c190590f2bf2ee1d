/** Sends what lies in the outbox of a database, for a test that kills it meanwhile: `node tests/send-and-die.ts <file> <smtp> <now>`. */
import { checkEnv } from '../src/lib/server/env.ts';
import { openDatabase } from '../src/lib/server/db/index.ts';
import { openWays } from '../src/lib/people/messages.server.ts';
import { sendDue } from '../src/lib/people/sending.server.ts';
import { sendersOf, waysOf } from '../src/send-messages.ts';

const [file, SMTP_URL, now] = process.argv.slice(2);
const env = checkEnv({ ORIGIN: 'https://mimamori.example.jp', SMTP_URL, MAIL_FROM: 'town@example.jp' });
openDatabase(file!);
openWays(waysOf(env));
await sendDue(sendersOf(env), new Date(Number(now)));
