/** Markup where people write words: every column of free text of every table, changed behind the back of all guards. */
import Database from 'better-sqlite3';
import { columnsOf } from '../rows.ts';
import { tablesOf } from '#lib/server/db/inspect.ts';

/** Names of columns that hold what a person typed. Ids, codes, days and JSON are not among them. */
const typed =
	/^(name|kana|towns|duty|note|notes|words|title|text|reason|remarks|contact|closed|handOver|handOverNote|description|label|address|device|by?Name|leaderName|area|message|detail|plate|review)$/;

export const payloads = [
	'<img src=x onerror=__xss()>',
	'"><svg/onload=__xss()>',
	"'-__xss()-'",
	'</script><script>__xss()</script>',
	'{{constructor.constructor("__xss()")()}}',
	'<iframe srcdoc="<script>parent.__xss()</script>">',
	'javascript:__xss()',
	'" onfocus=__xss() autofocus x="',
	'<a href="javascript:__xss()">x</a>',
	'</title></textarea></style><body onload=__xss()>',
	'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=__xss()&gt;">',
	'\u202e<script>__xss()</script>'
];

/** Appends a payload to every typed word; returns how many columns were reached. */
export function poison(file: string): number {
	const database = new Database(file);
	database.pragma('foreign_keys = OFF');
	database.pragma('ignore_check_constraints = ON');
	const triggers = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'trigger'`).pluck().all() as string[];
	for (const trigger of triggers) database.exec(`DROP TRIGGER "${trigger}"`);
	let reached = 0;
	// The names of migrations are ours: nobody types them.
	for (const table of tablesOf(database).filter((name) => name !== 'migration')) {
		const keys = (database.pragma(`foreign_key_list("${table}")`) as { from: string }[]).map(({ from }) => from);
		for (const { name, type } of columnsOf(database, table)) {
			if (!typed.test(name) || !/TEXT/i.test(type) || keys.includes(name)) continue;
			const cases = payloads.map((_, n) => `WHEN ${n} THEN ?`).join(' ');
			// Codes of a closed list share these names here and there: one small lower-case word is left as it is.
			database
				.prepare(
					`UPDATE OR IGNORE "${table}" SET "${name}" = "${name}" || CASE rowid % ${payloads.length} ${cases} END
					 WHERE "${name}" IS NOT NULL AND "${name}" GLOB '*[^a-zA-Z]*'`
				)
				.run(...payloads);
			reached++;
		}
	}
	database.close();
	return reached;
}
