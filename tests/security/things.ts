/** Things of the town by kind and by whose they are: what the walks between bodies fill their addresses with. */
import Database from 'better-sqlite3';
import { newId } from '#lib/server/db/ids.ts';
import { demoPeople, town } from '../../src/demo/town.ts';

/** Whose things: of these bodies, not walked with these others, seen by this person at this moment. */
type Whose = { bodies: readonly string[]; apart?: readonly string[]; me?: string; section?: string | null };

const inBodies = 'association IN (SELECT value FROM json_each(:bodies))';
const open = `id NOT IN (SELECT shift FROM shift_cancelling)`;
const seats = `(SELECT count(*) FROM sign_up s WHERE s.shift = shift.id AND s.endedAt IS NULL)`;
const waiting = `SELECT l.id FROM log l JOIN log_version v ON v.log = l.id AND v.number = l.latest
	WHERE l.${inBodies} AND v.id NOT IN (SELECT version FROM log_confirmation)
		AND v.id NOT IN (SELECT version FROM log_send_back) AND l.id NOT IN (SELECT log FROM log_withdrawal)
		AND v.id NOT IN (SELECT version FROM log_association
			WHERE association IN (SELECT value FROM json_each(:apart)))`;

/** Each kind chosen such that the deeds would succeed, were it not for whose it is. */
const queries = {
	association: `SELECT id FROM association WHERE id IN (SELECT value FROM json_each(:bodies)) ORDER BY id`,
	/** Somebody without an account and without another body. */
	member: `SELECT id FROM membership m WHERE ${inBodies} AND endedOn IS NULL
		AND person NOT IN (SELECT person FROM account) AND person NOT IN (SELECT person FROM role_grant)
		AND (SELECT count(*) FROM membership o WHERE o.person = m.person AND o.endedOn IS NULL) = 1 ORDER BY id DESC`,
	/** `membership/year`: the certificate of somebody else. */
	memberYear: `SELECT id || '/2024' AS id FROM membership WHERE ${inBodies} AND endedOn IS NULL AND person <> :me
		AND (SELECT count(*) FROM membership o WHERE o.person = membership.person AND o.endedOn IS NULL) = 1 ORDER BY id DESC`,
	/** `year/association`: the sheet of a body. */
	sheet: `SELECT '2024/' || id AS id FROM association WHERE id IN (SELECT value FROM json_each(:bodies)) ORDER BY id`,
	/** Another person's own membership. */
	theirMembership: `SELECT id FROM membership WHERE person <> :me AND endedOn IS NULL ORDER BY id`,
	device: `SELECT id FROM session WHERE person <> :me`,
	consent: `SELECT id FROM consent WHERE person <> :me`,
	notice: `SELECT id FROM notice WHERE person <> :me AND readAt IS NULL`,
	equipmentNotice: `SELECT id FROM equipment_notice WHERE person <> :me AND readAt IS NULL`,
	offer: `SELECT o.id FROM role_offer o JOIN role_grant g ON g.id = o."grant"
		WHERE g.${inBodies} AND o.id NOT IN (SELECT offer FROM role_offer_answer)`,
	account: `SELECT person AS id FROM account WHERE municipality = '${town.municipality}'`,
	shift: `SELECT id FROM shift WHERE ${inBodies} AND startsAt > :now + 172800000 AND ${open} AND ${seats} = 0
		AND capacity >= 3 ORDER BY startsAt, id`,
	pastShift: `SELECT id FROM shift WHERE ${inBodies} AND endsAt < :now AND ${open} AND ${seats} > 0
		ORDER BY startsAt DESC, id`,
	campaign: `SELECT id FROM campaign WHERE municipality = '${town.municipality}' ORDER BY id`,
	rule: `SELECT id FROM weekly_rule WHERE ${inBodies} ORDER BY id`,
	place: `SELECT id FROM place WHERE ${inBodies} ORDER BY id`,
	route: `SELECT id FROM place WHERE ${inBodies} AND kind = 'route' ORDER BY id`,
	log: `${waiting} ORDER BY l.id`,
	ownLog: `${waiting} AND l.author = :me ORDER BY l.id`,
	/** Walked together with 本町北町会. */
	joint: `SELECT l.id FROM log l JOIN log_version v ON v.log = l.id AND v.number = l.latest
		WHERE l.${inBodies} AND v.id IN (SELECT version FROM log_association WHERE association = '${town.associations.honcho}')`,
	/** A phone with records that have not arrived. */
	phone: `SELECT device AS id FROM sync_device WHERE lastSeq > upTo AND device NOT IN (SELECT device FROM sync_loss)
		AND person IN (SELECT person FROM membership WHERE ${inBodies} AND endedOn IS NULL) ORDER BY device`,
	/** The store belongs to nobody but the city: to the other bodies it is simply not there. */
	item: `SELECT id FROM item WHERE municipality = '${town.municipality}' ORDER BY id`,
	stocktake: `SELECT id FROM stocktake WHERE municipality = '${town.municipality}' ORDER BY id`,
	/** Sent, so that staff see it, too, and not decided: its leader may still take it back. */
	request: `SELECT id FROM request WHERE ${inBodies} AND state IN ('sent', 'sentBack', 'prepared')
		AND receiptNo IS NOT NULL ORDER BY id`,
	/** Its leader may still write in it. */
	openRequest: `SELECT id FROM request WHERE ${inBodies} AND state IN ('draft', 'sentBack') ORDER BY id`,
	/** `request/file`: of a request that the office has, and of one that its leader may still write in. */
	attachment: `SELECT r.id || '/' || a.id AS id FROM request_attachment a JOIN request r ON r.id = a.request
		WHERE r.${inBodies} AND r.receiptNo IS NOT NULL ORDER BY a.id`,
	openAttachment: `SELECT r.id || '/' || a.id AS id FROM request_attachment a JOIN request r ON r.id = a.request
		WHERE r.${inBodies} AND r.state IN ('draft', 'sentBack') ORDER BY a.id`,
	/** Decided, with pieces that lie ready. */
	granted: `SELECT id FROM request WHERE ${inBodies} AND state = 'approved'
		AND id IN (SELECT request FROM request_line WHERE allocated > 0) ORDER BY id`,
	/** At whose door nobody of the body may ask: of another district, or its host agreed to nothing. */
	hiddenPocket: `SELECT id FROM pocket WHERE municipality = '${town.municipality}' AND state = 'registered'
		AND id NOT IN (SELECT pocket FROM pocket_consent WHERE withdrawnAt IS NULL) ORDER BY id`,
	/** At whose door these bodies may ask: of a district of theirs, and its host agreed to it. */
	door: `SELECT id FROM pocket WHERE municipality = '${town.municipality}' AND state = 'registered'
		AND school IN (SELECT school FROM association_school WHERE ${inBodies})
		AND id IN (SELECT pocket FROM pocket_consent WHERE purpose = 'district' AND withdrawnAt IS NULL) ORDER BY id`,
	/** `year/school`: the round of a school district, for the guidance office alone. */
	round: `SELECT fiscalYear || '/' || school AS id FROM pocket_season WHERE municipality = '${town.municipality}' ORDER BY id`,
	/** The register belongs to the guidance office: to everybody else it is not there. */
	pocket: `SELECT id FROM pocket WHERE municipality = '${town.municipality}' AND state = 'registered' ORDER BY id`,
	/** School districts that these bodies meet and those others do not. */
	district: `SELECT DISTINCT school AS id FROM association_school WHERE ${inBodies} AND school NOT IN
		(SELECT school FROM association_school WHERE association IN (SELECT value FROM json_each(:apart))) ORDER BY school`,
	/** Nobody's but the guidance office's. */
	runIn: `SELECT id FROM run_in WHERE municipality = '${town.municipality}' ORDER BY id`,
	/** What the office did beside patrols: the city's, and to the bodies not there. Its lists are of fixed kinds. */
	outreach: `SELECT id FROM outreach WHERE municipality = '${town.municipality}' ORDER BY id`,
	outreachKind: `SELECT DISTINCT kind AS id FROM outreach WHERE municipality = '${town.municipality}' ORDER BY kind`,
	/** The settings of the plans: the town's, for those who keep them. */
	plan: `SELECT id FROM plan WHERE municipality = '${town.municipality}' ORDER BY id`,
	measure: `SELECT id FROM measure WHERE municipality = '${town.municipality}' ORDER BY id`,
	settingCell: `SELECT id FROM measure_section WHERE municipality = '${town.municipality}' ORDER BY id`,
	line: `SELECT id FROM placement WHERE municipality = '${town.municipality}' ORDER BY id`,
	typedFigure: `SELECT id FROM typed_metric WHERE municipality = '${town.municipality}' ORDER BY id`,
	/** `year/cell` of the table of measures: a section's own. */
	cell: `SELECT '2024/' || id AS id FROM measure_section WHERE municipality = '${town.municipality}'
		AND (:section IS NULL OR section = :section) ORDER BY id`,
	finding: `SELECT id FROM finding WHERE ${inBodies} AND (:section IS NULL OR section = :section) ORDER BY id`,
	photo: `SELECT p.sha256 AS id FROM finding_photo p JOIN finding f ON f.id = p.finding
		JOIN sync_blob b ON b.sha256 = p.sha256
		WHERE f.${inBodies} AND (:section IS NULL OR f.section = :section) ORDER BY p.sha256`
} as const;
export type Kind = keyof typeof queries;

const bodies = Object.values(town.associations) as string[];
export const everyBody: readonly string[] = bodies;
export const honcho: readonly string[] = [town.associations.honcho];
/** Bodies that have nothing to do with 本町北町会. */
export const otherBodies: readonly string[] = bodies.filter((one) => one !== town.associations.honcho);

export type Things = ReturnType<typeof thingsIn>;

/** A file for every request that is not decided, as if each had come with one: the invented town's mostly came without. */
export function attachFiles(file: string): void {
	const database = new Database(file);
	try {
		const asked = `SELECT id, municipality, createdBy, state FROM request WHERE state IN ('draft', 'sent', 'sentBack', 'prepared')`;
		type Row = { id: string; municipality: string; createdBy: string; state: string };
		const insert =
			database.prepare(`INSERT INTO request_attachment (id, municipality, request, name, type, bytes, "by", at)
			VALUES (?, ?, ?, '計画.pdf', 'application/pdf', ?, ?, ?)`);
		const turn = database.prepare('UPDATE request SET state = ? WHERE id = ?');
		// The server is at work beside this: asked for at the start, the right to write is waited for.
		const attach = database.transaction(() => {
			for (const { id, municipality, createdBy, state } of database.prepare(asked).all() as Row[]) {
				// Files come before a request is sent, and then no more.
				turn.run('draft', id);
				insert.run(newId(), municipality, id, Buffer.from('%PDF-1.7'), createdBy, Date.now());
				turn.run(state, id);
			}
		});
		attach.immediate();
	} finally {
		database.close();
	}
}

/** Questions to the database of a running server. */
export function thingsIn(file: string) {
	const ask = (sql: string, values: Record<string, unknown> = {}): unknown[] => {
		const database = new Database(file, { readonly: true });
		try {
			return database.prepare(sql).pluck().all(values);
		} finally {
			database.close();
		}
	};
	return {
		/** Ids of a kind, in an order that stays. */
		of(kind: Kind, { bodies, apart = [], me = demoPeople.leader.id, section = null }: Whose): string[] {
			const sql: string = queries[kind];
			const all = {
				bodies: JSON.stringify(bodies),
				apart: JSON.stringify(apart),
				me,
				section,
				now: Date.now()
			};
			return ask(sql, Object.fromEntries(Object.entries(all).filter(([name]) => sql.includes(`:${name}`)))) as string[];
		},
		/** What of a request lies ready. */
		linesOf: (request: string) =>
			ask(
				"SELECT item || ':' || size FROM request_line WHERE request = :request AND allocated > 0 ORDER BY item, size",
				{ request }
			).map((line) => {
				const [item, size] = String(line).split(':');
				return { item: item!, size: size! };
			}),
		latest: (log: string) => ask('SELECT latest FROM log WHERE id = :log', { log })[0] as number,
		epochOf: (device: string) => ask('SELECT epoch FROM sync_device WHERE device = :device', { device })[0] as string,
		dayOf: (log: string) => ask('SELECT max(onDay) FROM log_version WHERE log = :log', { log })[0] as string,
		seatIn: (shift: string) => ask('SELECT id FROM sign_up WHERE shift = :shift LIMIT 1', { shift })[0] as string,
		personOf: (membership: string) =>
			ask('SELECT person FROM membership WHERE id = :membership', { membership })[0] as string
	};
}
