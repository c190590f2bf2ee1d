/** Faults of the phone: see `registry.ts`. */
import type { Entry } from './registry.ts';

const field = 'tests/journeys/field.spec.ts';
const life = 'tests/faults/client-life.spec.ts';
const lost = 'tests/faults/client-lost.spec.ts';
const inStore = 'tests/faults/client-store.spec.ts';
const kill = 'tests/faults/client-kill.spec.ts';
const unit = {
	clock: 'src/lib/sync/clock.test.ts',
	sending: 'src/lib/sync/sending.test.ts',
	store: 'src/lib/sync/store.test.ts',
	logs: 'src/lib/patrols/logs.test.ts',
	draft: 'src/lib/patrols/draft.test.ts',
	track: 'src/lib/patrols/track.test.ts',
	golden: 'tests/unit/golden.test.ts'
};

export const client: Entry[] = [
	{
		id: 'C1',
		fault: 'offline during the whole patrol',
		file: field,
		test: 'a walk without any network in seven taps, delivered once it is back',
		also: [
			{
				file: 'tests/journeys/main-job.spec.ts',
				test: 'a watch is scheduled, walked with no network, sent once, confirmed and counted'
			}
		]
	},
	{
		id: 'C2',
		fault: 'browser killed right after 「保存しました」',
		file: kill,
		test: 'a browser that is killed right after it said saved has it at the next start'
	},
	{
		id: 'C3',
		fault: 'tab closed or crashed while the form is filled',
		file: life,
		test: 'a tab that crashes while the form is filled gives the draft back',
		also: [{ file: field, test: 'a tab that is killed while the form is filled loses nothing' }]
	},
	{
		id: 'C4',
		fault: 'worker killed',
		file: life,
		test: 'a killed worker, and a sync event it does not wait for, change nothing about the queue'
	},
	{
		id: 'C5',
		fault: 'no background sync (iPhone)',
		file: life,
		test: 'without background sync, as on an iPhone, it is sent when the line is back and at the next opening'
	},
	{
		id: 'C6',
		fault: 'a sync event of the browser',
		file: life,
		test: 'a killed worker, and a sync event it does not wait for, change nothing about the queue'
	},
	{
		id: 'C7',
		fault: 'connection to IndexedDB lost (iPhone)',
		file: inStore,
		test: 'a connection that is lost while saving is opened again, and the record is saved',
		also: [
			{ file: field, test: 'a store that breaks at the last moment keeps the form, an emergency copy and a file' },
			{ file: unit.store, test: 'reopens once when the connection is lost' }
		]
	},
	{
		id: 'C8',
		fault: 'device full',
		file: inStore,
		test: 'a full device: nothing is called saved, the form stays, tiles go first, and with room again it is one record',
		also: [{ file: unit.store, test: 'drops the pack and says so when the device is full, and keeps the draft' }]
	},
	{
		id: 'C9',
		fault: 'store evicted or cleared',
		file: lost,
		test: 'records that were waiting when the browser threw its store away: counted for the person, and for the leader',
		also: [
			{
				file: lost,
				test: 'a store that is emptied under an open page: what is on screen is saved, what had arrived stays arrived'
			},
			{ file: unit.store, test: 'keeps what is on screen when the store was wiped under it' }
		]
	},
	{
		id: 'C10',
		fault: 'the browser does not promise to keep the store',
		file: inStore,
		test: 'a browser that will not promise to keep the store says so while something waits'
	},
	{
		id: 'C11',
		fault: 'two tabs finish the same draft',
		file: inStore,
		test: 'two tabs that finish one draft at the same moment make one record',
		also: [
			{ file: field, test: 'two tabs on one draft: the later one is kept, the other is told' },
			{ file: unit.store, test: 'gives one op when two tabs finish the same draft' }
		]
	},
	{
		id: 'C12',
		fault: 'two tabs send together, without the lock',
		file: inStore,
		test: 'two tabs that send together without a lock have one effect each',
		also: [{ file: unit.sending, test: 'two senders at once: one effect' }]
	},
	{
		id: 'C13',
		fault: 'a tab holds the old store while a newer version opens it',
		file: inStore,
		test: 'a newer version of the app takes the store over: an open page lets go, an old one says so, the queue stays',
		also: [{ file: unit.store, test: 'lets a newer page have the store' }]
	},
	{
		id: 'C14',
		fault: 'app rolled back: the store is newer',
		file: inStore,
		test: 'a newer version of the app takes the store over: an open page lets go, an old one says so, the queue stays',
		also: [
			{ file: unit.store, test: 'touches nothing when the store is of a newer version' },
			{
				file: life,
				test: 'a deploy while the page is open: its old files still come, the new version waits for consent, a roll-back works'
			}
		]
	},
	{
		id: 'C15',
		fault: 'deploy while the page is open',
		file: life,
		test: 'a deploy while the page is open: its old files still come, the new version waits for consent, a roll-back works',
		also: [
			{
				file: 'tests/faults/deploy.spec.ts',
				test: 'an office page that is open during a deploy goes on: seen screens from the old build, others from the new one'
			}
		]
	},
	{
		id: 'C16',
		fault: 'update while a form is filled',
		file: life,
		test: 'a deploy while the page is open: its old files still come, the new version waits for consent, a roll-back works'
	},
	{
		id: 'C17',
		fault: 'ops of every released version at a new server',
		file: unit.golden,
		test: 'all of them are accepted, in any order, and again'
	},
	{
		id: 'C18',
		fault: 'clock years slow, a day ahead, another time zone',
		file: life,
		test: 'records and delivers, on the right day of the right year, and the leader is told to look at the date',
		also: [
			{
				file: life,
				test: 'a phone whose clock is a year and a day fast delivers on the right day, and the leader is told to look at the date'
			},
			{ file: unit.clock, test: 'mends a clock that is seven years wrong' },
			{ file: unit.clock, test: 'keeps and doubts what comes from another start a day late or from ahead' },
			{ file: unit.clock, test: 'mends a clock that was set back before sending' }
		]
	},
	{
		id: 'C19',
		fault: '31 March 23:59 to 1 April',
		file: unit.logs,
		test: 'its fiscal year is that of the day it set out in Japan',
		also: [{ file: unit.draft, test: 'on the last evening of the fiscal year count on that day' }]
	},
	{
		id: 'C20',
		fault: 'the phone sleeps eight hours on patrol',
		file: life,
		test: 'a phone that sleeps eight hours on patrol asks about the length, and records what the person says',
		also: [
			{
				file: unit.clock,
				test: 'does not shift a patrol because the phone slept eight hours, its counter standing still'
			},
			{ file: unit.track, test: 'goes on after a pocket: the phone slept for twenty minutes' }
		]
	},
	{
		id: 'C21',
		fault: 'position denied, jumping, blurred, missing',
		file: field,
		test: 'a position that is refused changes nothing',
		also: [
			{ file: field, test: 'a walked line counts its real steps and travels beside the log' },
			{ file: unit.track, test: 'ignores a jump, a blur, a clock that went back and what is no number' }
		]
	},
	{
		id: 'C22',
		fault: '500 waiting records',
		file: inStore,
		test: '500 waiting records go in batches while the screens stay usable, each once'
	},
	{
		id: 'C23',
		fault: 'a row of the outbox with flipped bits',
		file: lost,
		test: 'a record whose bits flipped on the device is shown as unreadable and delays nobody',
		also: [{ file: unit.store, test: 'says that nothing was saved when what is read back is not what was written' }]
	},
	{
		id: 'C24',
		fault: 'private mode: nothing is kept',
		file: field,
		test: 'a browser that keeps nothing says so before anything is written'
	},
	{ id: 'C25', fault: 'double tap on save', file: field, test: 'a double tap on save makes one record' },
	{
		id: 'C26',
		fault: 'the worker touches a POST',
		file: life,
		test: 'the worker never stands between a record and the server: no POST passes it, the bytes arrive as they left'
	}
];
