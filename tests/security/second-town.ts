/** `node tests/security/second-town.ts <file>`: puts the second town into a database that holds the first. */
import { jstDay } from '#lib/calendar/day.ts';
import { closeDatabase, openDatabase, transaction } from '#lib/server/db/index.ts';
import { secondTown } from '../people.ts';

openDatabase(process.argv[2]!);
await transaction((tx) => secondTown(tx, jstDay(new Date())));
closeDatabase();
