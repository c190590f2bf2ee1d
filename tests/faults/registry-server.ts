/** Faults of the server: see `registry.ts`. */
import type { Entry } from './registry.ts';

const disk = 'tests/faults/server.spec.ts';
const restored = 'tests/faults/restore.spec.ts';
const own = 'tests/faults/server.test.ts';
const process = 'tests/security/process.spec.ts';
const unit = {
	logs: 'src/lib/patrols/logs.test.ts',
	database: 'src/lib/server/db/index.test.ts',
	migrate: 'src/lib/server/db/migrate.test.ts',
	backup: 'src/lib/server/db/backup.test.ts'
};

export const server: Entry[] = [
	{
		id: 'S1',
		fault: 'kill -9 under load',
		file: disk,
		test: 'kill -9 under load: every receipt that was given is kept, and what got none is taken at the next try',
		also: [{ file: process, test: 'what was acknowledged survives kill -9' }]
	},
	{
		id: 'S2',
		fault: 'power loss: receipts before fsync',
		file: disk,
		test: 'between a record and its receipt lies an fsync of the log of the database',
		also: [{ file: unit.database, test: 'the pragmas hold on a re-opened file' }]
	},
	{
		id: 'S3',
		fault: 'fsync fails (EIO)',
		file: disk,
		test: 'an fsync that fails: no receipt, the process ends, and starts again with every receipt kept'
	},
	{
		id: 'S4',
		fault: 'disk full',
		file: disk,
		test: 'a full disk: 503 and when to come again, reading goes on, and with room again so does writing',
		also: [
			{
				file: unit.database,
				test: 'when the store itself ends the transaction, nobody of the group is told it was saved'
			}
		]
	},
	{
		id: 'S5',
		fault: 'SIGTERM in the middle of a request',
		file: process,
		test: 'told to stop, it answers what is under way, leaves one whole file and ends well'
	},
	{
		id: 'S6',
		fault: 'two servers on one file',
		file: process,
		test: 'a second server on the same file refuses, the first goes on; a killed one leaves no lock behind'
	},
	{
		id: 'S7',
		fault: 'another program holds the write lock',
		file: disk,
		test: 'another program that writes to the file: waited for, and after five seconds 503; nothing is lost'
	},
	{
		id: 'S8',
		fault: 'backup while people write',
		file: unit.backup,
		test: 'a backup made while people write is whole, holds every row of every table, and is one file',
		also: [{ file: unit.backup, test: 'a copy that cannot be read back is no backup' }]
	},
	{
		id: 'S9',
		fault: 'restore of yesterday’s backup with live phones',
		file: restored,
		test: 'yesterday’s backup is restored while two phones live: they offer again what it lacks, and the report is whole',
		also: [
			{ file: process, test: 'backup while it serves, restore after it stopped: people find what the backup held' },
			{ file: unit.backup, test: 'a restore brings every row back, raises the era, and keeps the replaced file' }
		]
	},
	{
		id: 'S10',
		fault: 'a migration takes children along',
		file: unit.migrate,
		test: 'every migration keeps every row of every table, and twice changes nothing',
		also: [
			{ file: unit.migrate, test: "drizzle's own migrate() takes the children along: the wound this file is for" },
			{
				file: unit.migrate,
				test: 'losing rows, tables or guards is refused, unless the migration says that it means to'
			}
		]
	},
	{
		id: 'S11',
		fault: 'migration killed half-way',
		file: unit.migrate,
		test: 'a migration killed before any of its statements leaves the old database, and the next start finishes it'
	},
	{
		id: 'S12',
		fault: 'old code on a newer database',
		file: process,
		test: 'an installation does not start without its address, with nonsense for settings, or on what is not its own',
		also: [{ file: unit.migrate, test: 'an edited migration and a newer file are refused' }]
	},
	{
		id: 'S13',
		fault: 'corrupted page',
		file: process,
		test: 'an installation does not start without its address, with nonsense for settings, or on what is not its own',
		also: [
			{
				file: unit.backup,
				test: 'a damaged or newer database is not opened; one that has to be migrated is backed up first'
			}
		]
	},
	{
		id: 'S14',
		fault: 'wrong settings or version of SQLite',
		file: own,
		test: 'a database that does not hold its promises is not opened › %s = %s',
		also: [{ file: own, test: 'SQLite %s, which can lose a frame of the log' }]
	},
	{
		id: 'S15',
		fault: 'the clock of the server jumps',
		file: own,
		test: 'receipts are counted by number, whatever the clock of the server does'
	},
	{
		id: 'S16',
		fault: 'races for one shift, one log',
		file: 'tests/races/shifts.spec.ts',
		test: 'six processes press 10,000 times: every place is given once, and every place is given',
		also: [
			{ file: unit.logs, test: 'two at once leave one row and one line in the trail' },
			{ file: unit.logs, test: 'two corrections of the same version: one goes through, no version is lost' }
		]
	},
	{
		id: 'S17',
		fault: 'somebody hogs the server with the report',
		file: disk,
		test: 'pushes are answered within a second while the yearly report is asked for without a pause'
	},
	{
		id: 'S18',
		fault: 'the log cannot be written',
		file: disk,
		test: 'where the log cannot be written, on a full disk or to a closed pipe, the server goes on'
	}
];
