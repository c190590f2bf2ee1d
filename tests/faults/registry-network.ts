/** Faults of the net: see `registry.ts`. */
import type { Entry } from './registry.ts';

const journey = 'tests/journeys/sync.spec.ts';
const net = 'tests/faults/network.spec.ts';
const raw = 'tests/faults/raw.spec.ts';
const everyFault = 'whatever the net does, a record is sent until it has a receipt, and counts once';
const unit = {
	sending: 'src/lib/sync/sending.test.ts',
	receive: 'src/lib/sync/receive.test.ts',
	race: 'tests/unit/sync-race.test.ts',
	engine: 'tests/unit/sync-engine.test.ts'
};

export const network: Entry[] = [
	{
		id: 'N1',
		fault: 'answer lost after COMMIT',
		file: journey,
		test: 'opens and records with no network; the answer is lost while sending; it arrives once',
		also: [{ file: unit.engine, test: 'holds over random schedules' }]
	},
	{ id: 'N2', fault: '500 before or after COMMIT', file: journey, test: everyFault },
	{
		id: 'N3',
		fault: 'captive portal',
		file: net,
		test: 'whatever captive portal answers in our place, nothing is taken for a receipt'
	},
	{
		id: 'N4',
		fault: 'answer cut at every byte, broken gzip, another charset',
		file: unit.sending,
		test: 'an answer cut at every byte',
		also: [{ file: net, test: 'an answer that breaks on the way is none: sent again, it arrived once' }]
	},
	{
		id: 'N5',
		fault: 'requests doubled and out of order',
		file: net,
		test: 'a request that arrives after a newer one, and one that arrives twice, has one effect',
		also: [{ file: unit.receive, test: 'what needs another op waits for it, through a chain, in any order' }]
	},
	{
		id: 'N6',
		fault: 'a net of 2G that resets connections',
		file: net,
		test: 'a net of 50 kbit/s with 300 ms that resets two connections of three delivers all of it'
	},
	{
		id: 'N7',
		fault: 'answer after three minutes',
		file: net,
		test: 'an answer later than the phone waits: the button comes back, the record waits, sent again it arrived once'
	},
	{
		id: 'N8',
		fault: 'another server, or ours as it was yesterday',
		file: unit.sending,
		test: 'another server',
		also: [
			{
				file: unit.sending,
				test: 'offers everything again after the server was restored, and what the server says it lacks'
			}
		]
	},
	{
		id: 'N9',
		fault: 'same id, other bytes',
		file: raw,
		test: 'the same id with other bytes is a conflict, and both are kept',
		also: [{ file: unit.receive, test: 'same id, other bytes' }]
	},
	{
		id: 'N10',
		fault: 'gap in the order, place or epoch used twice',
		file: raw,
		test: 'a gap in the order is asked for, a place is given once, a new epoch begins anew',
		also: [{ file: unit.receive, test: 'same place in the order, other op' }]
	},
	{
		id: 'N11',
		fault: 'floods and monsters',
		file: raw,
		test: 'monsters are refused or kept to the byte; nothing falls over, memory stays',
		also: [
			{
				file: 'tests/faults/storm.spec.ts',
				test: 'two hundred pushes under way: a hundred more are told when to come again, spread; all arrive, no receipt is lost'
			},
			{
				file: 'tests/faults/storm.spec.ts',
				test: 'a phone that is turned away waits as long as it was told, then delivers by itself, once'
			}
		]
	},
	{
		id: 'N12',
		fault: 'one op breaks a rule in the middle of a push',
		file: unit.receive,
		test: 'one that is not right delays nobody › %s',
		also: [{ file: unit.engine, test: 'holds over random schedules' }]
	},
	{
		id: 'N13',
		fault: 'six processes post one op at once',
		file: unit.race,
		test: 'six processes that post the same ops again and again: every op once, every effect once, one number'
	},
	{
		id: 'N14',
		fault: 'bodies that never end',
		file: raw,
		test: 'a hundred bodies that never end disturb nobody, and are cut off'
	}
];
