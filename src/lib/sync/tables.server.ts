/**
 * What phones sent, in the order it arrived. Append-only (triggers refuse UPDATE and DELETE), except that retention may delete
 * the content: order, ids and hashes stay.
 */
import { sql } from 'drizzle-orm';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';
import {
	bytes,
	check,
	code,
	codeOrNone,
	count,
	countOrNone,
	id,
	index,
	instant,
	instantOrNone,
	jsonOrNone,
	number,
	primaryKey,
	ref,
	refNumber,
	refOrNone,
	table,
	text,
	textOrNone,
	uniqueIndex
} from '#lib/server/db/columns.ts';

/** Who this server is to the phones. One row. A restore raises `era`; a verified backup advances `backupNo`. */
export const syncServer = table(
	'sync_server',
	{
		one: number(),
		server: text(),
		era: count(),
		backupNo: count(),
		/** The last number given to an op or a quarantined one. */
		lastNo: count(),
		/** Signs receipts, so that one of an earlier era can be believed. */
		secret: text()
	},
	(t) => [check('sync_server_is_one', sql`${t.one} = 1`)]
);

/** One person's store on one browser. `upTo`: every seq up to here has arrived or was voided. The rest is what the phone last said of itself. */
export const syncDevice = table(
	'sync_device',
	{
		municipality: ofMunicipality(),
		device: text(),
		epoch: text(),
		person: ref(() => person.id),
		upTo: count(),
		lastSeq: count(),
		pending: count(),
		oldestAt: instantOrNone(),
		app: text(),
		firstSeenAt: instant(),
		lastSeenAt: instant(),
		/** SHA-256 of the sign-in it last came by: a browser holds one store per person, so a second one by the same sign-in means that the first was emptied. */
		session: textOrNone()
	},
	(t) => [
		primaryKey({ columns: [t.device, t.epoch] }),
		index('sync_device_by_person').on(t.municipality, t.person, t.lastSeenAt),
		index('sync_device_waiting')
			.on(t.municipality, t.lastSeenAt)
			.where(sql`${t.lastSeq} > ${t.upTo}`)
	]
);

/** A store that was emptied before everything had arrived, as far as it had told us: at least `count` records. `by`: who declared it; null where we saw it ourselves. */
export const syncLoss = table(
	'sync_loss',
	{
		municipality: ofMunicipality(),
		device: text(),
		epoch: text(),
		person: ref(() => person.id),
		count: count(),
		/** When the store was last heard of. */
		knownAt: instant(),
		by: refOrNone(() => person.id),
		at: instant()
	},
	(t) => [primaryKey({ columns: [t.device, t.epoch] }), index('sync_loss_by_person').on(t.municipality, t.person, t.at)]
);

/** A phone that is lost or given away: what it sends is refused until somebody lets it in again (the row is deleted, the trail stays). */
export const syncStop = table('sync_stop', {
	device: id(),
	municipality: ofMunicipality(),
	person: ref(() => person.id),
	by: ref(() => person.id),
	at: instant()
});

/** Places in a phone's order that arrived without becoming an op: quarantined, or an op that had come by another way. They are no gaps. */
export const syncPlace = table(
	'sync_place',
	{ municipality: ofMunicipality(), device: text(), epoch: text(), seq: count() },
	(t) => [primaryKey({ columns: [t.device, t.epoch, t.seq] })]
);

/** Keys of the emergency copies. The newest is given to the phones; older ones still open old files. */
export const syncKey = table('sync_key', { id: id(), publicKey: text(), privateKey: text(), at: instant() });

export const syncOp = table(
	'sync_op',
	{
		/** The number of the receipt, counting up. */
		no: number(),
		id: text(),
		municipality: ofMunicipality(),
		hash: text(),
		device: text(),
		epoch: text(),
		seq: count(),
		author: ref(() => person.id),
		bodyType: text(),
		body: text(),
		kind: text(),
		kv: count(),
		base: textOrNone(),
		/** For a `void`: the place in the order of the op that was deleted on the phone. */
		voids: countOrNone(),
		/** The true time as far as we know it; `flags` say where the leader should look. */
		at: instant(),
		receivedAt: instant(),
		flags: jsonOrNone<OpFlag[]>()
	},
	(t) => [
		uniqueIndex('sync_op_once').on(t.id),
		uniqueIndex('sync_op_order').on(t.device, t.epoch, t.seq),
		index('sync_op_by_author').on(t.author, t.no),
		index('sync_op_by_base')
			.on(t.base)
			.where(sql`${t.base} is not null`)
	]
);

/** `corrected`: the phone's clock was wrong and we know the true time. `doubtful`: we do not, the leader confirms the date. `promised`: accepted before a restore, by our own signature. */
export type OpFlag = 'corrected' | 'doubtful' | 'promised';

/** The frozen bytes. Only the retention job deletes them. */
export const syncPayload = table('sync_payload', { op: number(), municipality: ofMunicipality(), bytes: text() });

export const outcomes = ['accepted', 'waiting', 'needsFix', 'superseded', 'rejected'] as const;

/** What became of an op; the latest row counts. */
export const syncOutcome = table(
	'sync_outcome',
	{
		no: number(),
		municipality: ofMunicipality(),
		op: refNumber(() => syncOp.no),
		is: code(outcomes),
		code: textOrNone(),
		params: jsonOrNone<Record<string, string | number>>(),
		field: textOrNone(),
		fix: codeOrNone(['edit', 'leader', 'none']),
		at: instant()
	},
	(t) => [index('sync_outcome_by_op').on(t.op, t.no)]
);

/** An op that waits: for another op (`needs` its id), or for us to mend a fault (`needs` is empty). */
export const syncWaiting = table(
	'sync_waiting',
	{ municipality: ofMunicipality(), op: refNumber(() => syncOp.no), needs: text() },
	(t) => [primaryKey({ columns: [t.op, t.needs] }), index('sync_waiting_by_need').on(t.needs)]
);

/** Kept but not applied: same id or same place in the order with other bytes, or sent in another person's name. */
export const syncQuarantine = table(
	'sync_quarantine',
	{
		no: number(),
		municipality: ofMunicipality(),
		reason: code(['id', 'order', 'author', 'device']),
		id: text(),
		hash: text(),
		device: text(),
		epoch: text(),
		seq: count(),
		/** Who was signed in when it was sent. */
		sender: ref(() => person.id),
		bytes: text(),
		receivedAt: instant()
	},
	(t) => [uniqueIndex('sync_quarantine_once').on(t.sender, t.hash, t.device, t.epoch, t.seq)]
);

/** Which op announced which photo or track; those without a row in `sync_blob` are still on the way. */
export const syncOpBlob = table(
	'sync_op_blob',
	{ municipality: ofMunicipality(), op: refNumber(() => syncOp.no), sha256: text() },
	(t) => [primaryKey({ columns: [t.op, t.sha256] }), index('sync_op_blob_by_hash').on(t.sha256)]
);

/** Of a track; photos have a type of their own. */
export const TRACK = 'application/json';
/** What retention took leaves a row without bytes: nobody waits for it, and its phone is not asked for it again. */
export const REMOVED = 'removed';

export const syncBlob = table(
	'sync_blob',
	{ id: id(), municipality: ofMunicipality(), sha256: text(), type: text(), bytes: bytes(), at: instant() },
	(t) => [
		uniqueIndex('sync_blob_once').on(t.municipality, t.sha256),
		index('sync_blob_tracks')
			.on(t.at)
			.where(sql`${t.type} = 'application/json'`)
	]
);

/** Pieces of a photo that is still arriving; gone when it is whole. */
export const syncBlobPart = table(
	'sync_blob_part',
	{
		municipality: ofMunicipality(),
		sha256: text(),
		sender: ref(() => person.id),
		start: count(),
		bytes: bytes(),
		at: instant()
	},
	(t) => [primaryKey({ columns: [t.municipality, t.sha256, t.sender, t.start] })]
);
