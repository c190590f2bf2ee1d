import { gte } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { printedCell, type Table } from '#lib/reports/measure.ts';
import { guideline, welfare } from '#lib/reports/koganei.ts';
import type { Actor } from '#lib/people/permissions.ts';
import { evaluationPage } from '#lib/reports/evaluations.server.ts';
import { figuresIn } from '#lib/reports/line.ts';
import { metricNames, valuesIn, type Metric, type Value } from '#lib/reports/metric.ts';
import { valuesOf } from '#lib/reports/metrics.server.ts';
import { listFindings } from '#lib/patrols/findingReads.server.ts';
import { finding } from '#lib/patrols/tables.server.ts';
import { movedIn, movementOf } from '#lib/pockets/figures.server.ts';
import { effectOf } from '#lib/reports/closing.server.ts';
import { lateCount } from '#lib/reports/late.server.ts';
import { closedAs, printedTable } from '#lib/reports/printed.server.ts';
import { firstPlan, tableOf } from '#lib/reports/table.server.ts';
import { connections, db, transaction, type Reader } from '#lib/server/db/index.ts';
import { freshDatabase } from '../../tests/database.ts';
import { actorFor } from '../../tests/people.ts';
import { seedClosing } from './closing.ts';
import { seedEquipment } from './equipment.ts';
import { seedOutreach } from './outreach.ts';
import { seedPatrols } from './patrols.ts';
import { seedPeople, town } from './people.ts';
import { seedPockets } from './pockets.ts';
import { seedReports } from './reports.ts';
import { seedWatches } from './watches.ts';

const today = '2026-11-22';
let close: () => void;
let safety: Actor;
let table: Table;
const tableIn = async (fiscalYear: number) =>
	tableOf(db, safety, (await firstPlan(db, town.municipality, 'table'))!, fiscalYear);

beforeAll(async () => {
	({ close } = freshDatabase());
	await transaction(async (tx) => {
		for (const seed of [seedPeople, seedWatches, seedPatrols, seedEquipment, seedPockets, seedOutreach])
			await seed(tx, today);
		await seedReports(tx);
	});
	safety = await actorFor(db, 'safety', today);
	table = await tableIn(2024);
}, 120_000);
afterAll(() => close());

/** The cell of the first section of a measure, as it is printed. */
const cell = (number: number, column: 'previous' | 'current' | 'next') =>
	printedCell(table.rows.find((row) => row.number === number)![column][0]!);

test.each([
	[
		1,
		'【地域安全課】\n・車両数 13台\n・パトロール回数 203回\n・距離 2,416km',
		'【地域安全課】\n・車両数 13台\n・パトロール回数 202回\n・距離 2,011km'
	],
	[
		2,
		'【地域安全課】\n・都立高校、自治会、消防署、警察署と連携したパトロールを実施\n・防犯資機材支給 12団体/支給資機材 299個',
		'【地域安全課】\n・都立高校、自治会、消防署、警察署と連携したパトロールを実施\n・防犯資機材支給 4団体/支給資機材 18個'
	],
	[
		3,
		'【地域安全課】\n・市内3社と覚書(パトロール協力)を継続\n・上記3社含む、市内11の事業者等による地域パトロールの継続',
		'【地域安全課】\n・市内3社と覚書(パトロール協力)を継続\n・上記3社含む、市内11の事業者等による地域パトロールの継続'
	],
	[
		5,
		'【地域安全課】\n・春、秋のあいさつ運動推進月間の実施及び週1回の登校パトロールの実施',
		'【地域安全課】\n・春、秋のあいさつ運動推進月間の実施及び週1回の登校パトロールの実施'
	],
	[6, '【指導室】\n・カンガルーポケット登録件数 1,016件', '【指導室】\n・カンガルーポケット登録件数 896件'],
	[
		13,
		'【地域安全課】\n・青色防犯パトロール車両によるパトロール時に広報を実施',
		'【地域安全課】\n・青色防犯パトロール車両によるパトロール時に広報を実施'
	],
	[
		4,
		'【地域安全課】\n・あいさつ運動推進月間中に、市施設、公共機関、商店会等にて横断幕、のぼり旗、ポスターを掲出',
		'【地域安全課】\n・あいさつ運動推進月間中に、市施設、公共機関、商店会等にて横断幕、のぼり旗、ポスターを掲出'
	],
	[
		11,
		'【地域安全課】\n・こがねい安全・安心メール加入登録数 10,554人 配信数 341件',
		'【地域安全課】\n・こがねい安全・安心メール加入登録数 10,623人 配信数 441件'
	],
	[15, '【地域安全課】\n・市民防犯講習会 参加者数 23人', '【地域安全課】\n・市民防犯講習会 参加者数 28人'],
	[
		18,
		'【地域安全課】\n・小金井市安全・安心まちづくり協議会を1回開催（8月）',
		'【地域安全課】\n・小金井市安全・安心まちづくり協議会を2回開催（7月、1月）'
	],
	[
		16,
		'【地域安全課】\n・防犯資機材支給 12団体/支給資機材 299個',
		'【地域安全課】\n・防犯資機材支給 4団体/支給資機材 18個'
	]
])('measure %i prints what the plan printed for both years', (number, previous, current) => {
	expect(cell(number, 'previous')).toBe(previous);
	expect(cell(number, 'current')).toBe(current);
});

test('what is planned stands in the column of the next year, and a section is called as it was called in the year', () => {
	expect(cell(1, 'next')).toBe('【地域安全課】\n・車両数 13台\n・パトロールを実施');
	const nets = table.rows.find((row) => row.number === 19)!;
	expect(nets.previous.map((one) => one.sectionName)).toEqual(['自立生活支援課', '介護福祉課', '子育て支援課']);
	expect(nets.current.map((one) => one.sectionName)).toEqual(['自立生活支援課', '介護福祉課', 'こども家庭センター']);
	expect(printedCell(nets.current[2]!)).toBe('【こども家庭センター】\n・家庭訪問 77件');
	expect(printedCell(nets.current[0]!)).toBe('【自立生活支援課】\n・なし');
});

test('the table has the measures of the plan in their order', () => {
	expect(table.rows.map((row) => row.number)).toEqual(Array.from({ length: 24 }, (_, n) => n + 1));
});

test('the other plan prints the same figures in its own words', async () => {
	const plan = (await firstPlan(db, town.municipality, 'evaluation'))!;
	const { rows } = await tableOf(db, safety, plan, 2024);
	expect(printedCell(rows[0]!.current[0]!)).toBe('【地域安全課】\n・支給団体数:4団体、支給総数:18個\n・参加者:28人');
	expect(printedCell(rows[0]!.previous[0]!)).toBe('【地域安全課】\n・支給団体数:12団体、支給総数:299個\n・参加者:23人');
});

test('its projects are graded on the figures that stand, and the draft is the beginning of the sentence', async () => {
	for (const [year, grade] of [
		[2023, 'A'],
		[2024, 'B']
	] as const) {
		const [plan] = (await evaluationPage(db, safety, year)).plans;
		const [cell] = plan!.projects[0]!.cells;
		expect(cell!.graded).toMatchObject({ grade, number: 1, changes: [] });
		expect(cell!.own).toBe(true);
		if (year === 2024) {
			expect(cell!.before).toMatchObject({ grade: 'A' });
			expect(cell!.graded!.words.startsWith(`${cell!.draft}\n`)).toBe(true);
		}
	}
});

const one = (from: string, id: string, where: string) =>
	`DELETE FROM ${from} WHERE ${id} = (SELECT ${id} FROM ${from} WHERE ${where} LIMIT 1)`;
const log = (where: string) => `version IN (SELECT id FROM log_version WHERE fiscalYear = 2024 AND ${where})`;
const told = (kind: string, where = 'true') =>
	one(
		'outreach_version',
		'outreach',
		`onDay BETWEEN '2024-04-01' AND '2025-03-31' AND ${where} AND "count" IS NOT 0
			AND outreach IN (SELECT id FROM outreach WHERE kind = '${kind}')
			AND outreach NOT IN (SELECT outreach FROM outreach_cancelling)`
	);
const issued = `DELETE FROM stock_movement WHERE handover IN (SELECT id FROM handover WHERE id IN (SELECT handover
	FROM stock_movement) AND at >= unixepoch('2024-04-01') * 1000 AND at < unixepoch('2025-04-01') * 1000 LIMIT 1)`;
const memorandum = `UPDATE association SET memorandumOn = NULL WHERE id =
	(SELECT id FROM association WHERE kind = 'business' AND memorandumOn IS NOT NULL LIMIT 1)`;
const city = log(`programme LIKE 'cityCar%' AND metres > 0`);

/** A row of 2024's records that is done away with, or of a running year whose demo has more to tell. */
type Take = string | { year: number; sql: string };
const running = (sql: string): Take => ({ year: 2026, sql });
const walk = (programme: string) => one('log_confirmation', 'version', log(`programme = '${programme}'`));
const watch = running(
	one(
		'log_confirmation',
		'version',
		`version IN (SELECT id FROM log_version WHERE fiscalYear = 2026 AND programme = 'schoolWatch')`
	)
);
const lent = running(`DELETE FROM stock_movement WHERE kind = 'lent' AND handover IN
	(SELECT id FROM handover WHERE fiscalYear = 2026)`);
const asked = (where: string) => one('request', 'id', where);
const decided = `decidedOn BETWEEN '2024-04-01' AND '2025-03-31'`;
const ended = (ending: string) =>
	`UPDATE pocket SET endedOn = NULL, ending = NULL WHERE id = (SELECT id FROM pocket
		WHERE endedOn BETWEEN '2024-04-01' AND '2025-03-31' AND ending = '${ending}' LIMIT 1)`;
/** A reason that nothing ended for in 2024: one that ended otherwise ends for it. */
const otherwise = (ending: string) =>
	`UPDATE pocket SET ending = '${ending}' WHERE id = (SELECT id FROM pocket
		WHERE endedOn BETWEEN '2024-04-01' AND '2025-03-31' AND ending = 'moved' LIMIT 1)`;
const inYear = (where = 'true') => `onDay BETWEEN '2026-04-01' AND '2027-03-31' AND ${where}`;

/** What takes one row (or all of them, where one is not enough) from below a figure. */
const takes: Record<Metric, Take> = {
	cars: one('vehicle', 'id', 'true'),
	cityRuns: one('log_confirmation', 'version', city),
	cityKilometres: one(
		'log_confirmation',
		'version',
		`version = (SELECT id FROM log_version WHERE fiscalYear = 2024
		AND programme LIKE 'cityCar%' AND id IN (SELECT version FROM log_confirmation) ORDER BY metres DESC LIMIT 1)`
	),
	jointPartners: `DELETE FROM log_association WHERE association = '${town.associations.fire}'`,
	equipmentBodies: issued,
	equipmentPieces: issued,
	memoranda: memorandum,
	businesses: `DELETE FROM log_association WHERE association = (SELECT association FROM log_association
		JOIN association ON association.id = association WHERE kind = 'business' AND memorandumOn IS NULL AND
		${log('true')} LIMIT 1)`,
	greetingSeasons: one('campaign', 'id', 'fiscalYear = 2024 AND fromMonth > 8'),
	schoolRunDays: `DELETE FROM weekly_rule WHERE programme = 'cityCarSchool'`,
	pockets: one('pocket', 'id', `registeredOn < '2024-04-01' AND endedOn IS NULL`),
	announcedRuns: `DELETE FROM log_confirmation WHERE ${log('announced')}`,
	materialPlaces: told('material', "place = 'shops'"),
	materialKinds: told('material', "sort = 'banner'"),
	badges: told('badge'),
	alertsSent: told('alert'),
	lectureAttendance: told('event', "sort = 'lecture'"),
	councilMeetings: told('event', "sort = 'council'"),
	councilMonths: told('event', "sort = 'council'"),
	jointRuns: walk('joint'),
	volunteerRuns: walk('volunteerPatrol'),
	volunteerPersonTimes: walk('volunteerPatrol'),
	volunteerPeople: `DELETE FROM log_person WHERE person = (SELECT person FROM log_person WHERE
		${log(`programme = 'volunteerPatrol'`)} LIMIT 1)`,
	volunteerKilometres: walk('volunteerPatrol'),
	schoolWatchRuns: watch,
	schoolWatchPersonTimes: watch,
	greetingDays: `DELETE FROM log_confirmation WHERE ${log(
		`onDay = (SELECT onDay FROM log_version WHERE fiscalYear = 2024 AND programme = 'greeting' LIMIT 1)`
	)}`,
	greetingPersonTimes: walk('greeting'),
	schoolRunsPlanned: one('closed_day', 'id', `onDay = '2024-08-01'`),
	schoolRunsDone: one('log_confirmation', 'version', log(`onDay = '2024-06-06' AND programme = 'cityCarSchool'`)),
	equipmentLentBodies: lent,
	equipmentLentPieces: lent,
	requestsReceived: asked('receiptYear = 2024'),
	requestsDecided: asked(decided),
	requestsDeclined: asked(`${decided} AND state = 'declined'`),
	pocketsStart: one('pocket', 'id', `registeredOn < '2024-04-01' AND endedOn IS NULL`),
	pocketsAdded: one('pocket', 'id', `registeredOn BETWEEN '2024-04-01' AND '2025-03-31'`),
	pocketsEnded: ended('withdrew'),
	pocketsEndedMoved: ended('moved'),
	pocketsEndedWithdrew: ended('withdrew'),
	pocketsEndedClosed: ended('closed'),
	pocketsEndedUnreachable: ended('unreachable'),
	pocketsEndedDistrictClosed: otherwise('districtClosed'),
	pocketsEndedMistake: otherwise('mistake'),
	pocketsEndedOther: otherwise('other'),
	lectures: told('event', "sort = 'lecture'"),
	alertsSuspicious: told('alert', "sort = 'suspicious'"),
	alertsFraud: told('alert', "sort = 'fraud'"),
	alertsTheft: told('alert', "sort = 'theft'"),
	alertsOther: told('alert', "sort = 'other'"),
	eventsCancelled: one(
		'outreach_cancelling',
		'outreach',
		`outreach IN (SELECT outreach FROM outreach_version WHERE onDay BETWEEN '2024-04-01' AND '2025-03-31')`
	),
	findingsOwn: running(one('finding', 'id', inYear())),
	findingsSettledOwn: running(one('finding_answer', 'finding', `step IN ('done', 'notPossible')`))
};

/** Every line of both plans, by the words of the settings. */
async function linesNow(tx: Reader): Promise<string[]> {
	const printed: string[] = [];
	for (const kind of ['table', 'evaluation'] as const) {
		const { rows } = await tableOf(tx, safety, (await firstPlan(tx, town.municipality, kind))!, 2024);
		printed.push(...rows.flatMap((row) => row.current.map((cell) => `${kind} ${row.number} ${printedCell(cell)}`)));
	}
	return printed;
}
/** Cells of the shipped plans in which a figure is printed, or on which a line hangs. */
const cellsWith = (metric: Metric): string[] =>
	[guideline, welfare].flatMap(({ kind, chapters }) =>
		chapters
			.flatMap(({ measures }) => measures)
			.filter(({ lines = [] }) =>
				lines.some(({ words, hangsOn }) => hangsOn === metric || figuresIn(words).includes(metric))
			)
			.map(({ number }) => `${kind} ${number} `)
	);

const printed = metricNames.filter((metric) => cellsWith(metric).length > 0);

test.each(metricNames)('%s: a row taken away changes the figure, and every line that tells of it', async (metric) => {
	const take = takes[metric];
	const { year, sql } = typeof take === 'string' ? { year: 2024, sql: take } : take;
	const figure = async (tx: Reader) => (await valuesOf(tx, safety, year))[metric];
	const lines = (tx: Reader) => (printed.includes(metric) ? linesNow(tx) : []);
	const [before, was] = [await lines(db), await figure(db)];
	let after: string[] = [];
	let is: Value = was;
	const undone = new Error('undone');
	await expect(
		transaction(async (tx) => {
			const { writer } = connections();
			writer.pragma('defer_foreign_keys = ON');
			const triggers = writer.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all();
			for (const name of triggers) writer.exec(`DROP TRIGGER "${String(name)}"`);
			expect(writer.prepare(sql).run().changes).toBeGreaterThan(0);
			after = await lines(tx);
			is = await figure(tx);
			throw undone;
		})
	).rejects.toBe(undone);
	expect(is).not.toEqual(was);
	const changed = before.filter((line) => !after.includes(line));
	for (const cell of cellsWith(metric)) expect(changed.filter((line) => line.startsWith(cell))).toHaveLength(1);
	expect(await lines(db)).toEqual(before);
	expect(await figure(db)).toEqual(was);
});

test('the shipped plans print as many figures as the city does', () => {
	expect(printed).toHaveLength(18);
});

test('findings: the cell of a section tells its own, and the sum of all of them is what was noticed', async () => {
	const values = await valuesOf(db, safety, 2026);
	const { traffic, roads, environment } = town.sections;
	const own = (section: string) => valuesIn(values, section)['findingsOwn'] as number;
	const noticed = await db.select().from(finding).where(gte(finding.onDay, '2026-04-01'));
	expect(values['findingsOwn']).toBe(noticed.length);
	for (const section of Object.values(town.sections)) {
		const list = await listFindings(db, safety, { which: 'all', section, fiscalYear: 2026 });
		expect([section, own(section)]).toEqual([section, list.findings.length]);
		const settled = await listFindings(db, safety, { which: 'settled', section, fiscalYear: 2026 });
		expect(valuesIn(values, section)['findingsSettledOwn']).toBe(settled.findings.length);
	}
	expect([traffic, roads, environment].every((section) => own(section) > 0)).toBe(true);
});

test('the movement that the database adds up is the one that the homes tell', async () => {
	for (const year of [2023, 2024, 2025, 2026]) {
		const { start, added, ended, endedAll } = (await movementOf(db, town.municipality, year)).town;
		expect(await movedIn(db, town.municipality, year)).toEqual({ start, added, ended, endedAll });
	}
});

test('the year that is closed prints what its rows say, and one thing lies in its tray', async () => {
	await transaction((tx) => seedClosing(tx));
	const plan = (await firstPlan(db, town.municipality, 'table'))!;
	const closed = (await closedAs(db, town.municipality, 2023))!;
	expect({ number: closed.number, at: closed.at.toISOString() }).toEqual({
		number: 1,
		at: '2024-04-20T01:00:00.000Z'
	});
	const [printed, counted] = [await printedTable(db, safety, plan, 2023), await tableIn(2023)];
	expect(printed.rows.map((row) => row.current.map(printedCell))).toEqual(
		counted.rows.map((row) => row.current.map(printedCell))
	);
	expect((await printedTable(db, safety, plan, 2024)).rows.map((row) => row.previous.map(printedCell))).toEqual(
		table.rows.map((row) => row.previous.map(printedCell))
	);
	expect(await lateCount(db, closed.id)).toBe(1);
	expect((await effectOf(db, safety, 2023))!.figures.map(({ metric }) => metric)).toEqual(['badges']);
});
