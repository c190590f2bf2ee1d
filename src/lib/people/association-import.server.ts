/** Bodies by CSV: a preview with a message per line, nothing written until confirmed, and never half of it. */
import { eq } from 'drizzle-orm';
import { fromCsv } from '#lib/server/csv.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import { associationForm, type AssociationInput } from './association.ts';
import { columns, kindOf, kindWords, schoolsIn } from './association-csv.ts';
import { addAssociation, editAssociation } from './associations.server.ts';
import { can, type Actor } from './permissions.ts';
import { association, associationEnding, associationSchool, school } from './tables.server.ts';

export type ImportLine = {
	line: number;
	name: string;
	what: 'add' | 'change' | 'same' | 'bad';
	/** Key of the words, and the head of the column it concerns. */
	errors: { code: string; column: string }[];
	/** Heads of the columns that change. */
	changes: string[];
	input?: AssociationInput;
	id?: string;
};

/** What a file would do, line by line. Reads only. */
export async function planImport(db: Reader, actor: Actor, bytes: Uint8Array): Promise<ImportLine[]> {
	if (!can(actor, 'association.edit', {})) throw new NotFound();
	const { heads, rows } = fromCsv(bytes);
	if (!heads.includes('種別') || !heads.includes('名前')) throw new RuleBroken('error_import_heads', 'file');
	const [schools, there] = [await schoolsOf(db, actor), await bodiesOf(db, actor)];
	const seen = new Set<string>();
	return rows.map((row, n) => {
		const line: ImportLine = { line: n + 2, name: row['名前'] ?? '', what: 'bad', errors: [], changes: [] };
		const typed = Object.fromEntries(columns.map(([key, head]) => [key, row[head] ?? '']));
		const named = schoolsIn(typed.schools!);
		if (named.some((name) => !schools.has(name))) line.errors.push({ code: 'error_import_school', column: '学区' });
		const ids = named.flatMap((name) => schools.get(name) ?? []).sort();
		const parsed = associationForm.safeParse({ ...typed, kind: kindOf(typed.kind!), schools: ids });
		for (const issue of parsed.error?.issues ?? []) {
			const head = columns.find(([key]) => key === issue.path[0])?.[1] ?? '';
			line.errors.push({ code: issue.message.startsWith('error_') ? issue.message : 'error_input', column: head });
		}
		if (parsed.data && seen.has(parsed.data.name)) line.errors.push({ code: 'error_import_twice', column: '名前' });
		if (!parsed.data || line.errors.length) return line;
		seen.add(parsed.data.name);
		return { ...line, input: parsed.data, ...compare(parsed.data, there.get(parsed.data.name), heads) };
	});
}

type There = AssociationInput & { id: string; ended: boolean };

/** Columns that are not in the file stay as they are. */
function compare(input: AssociationInput, old: There | undefined, heads: string[]): Partial<ImportLine> {
	if (!old) return { what: 'add' };
	if (old.ended) return { what: 'bad', errors: [{ code: 'error_association_ended', column: '名前' }] };
	const kept = { ...input };
	const changes: string[] = [];
	for (const [key, head] of columns) {
		if (!heads.includes(head)) Object.assign(kept, { [key]: old[key] });
		else if (JSON.stringify(input[key]) !== JSON.stringify(old[key])) changes.push(head);
	}
	return { what: changes.length ? 'change' : 'same', changes, id: old.id, input: kept };
}

/** Does what the preview showed, all of it or nothing. Returns how many were added and changed. */
export async function importAssociations(tx: Tx, actor: Actor, bytes: Uint8Array, now: Date) {
	const lines = await planImport(tx, actor, bytes);
	if (lines.some((line) => line.what === 'bad')) throw new RuleBroken('error_import_bad', 'file');
	const done = { added: 0, changed: 0, same: 0 };
	for (const { what, input, id } of lines) {
		if (what === 'add') done.added++;
		else if (what === 'change') done.changed++;
		else done.same++;
		if (what === 'add') await addAssociation(tx, actor, input!, now);
		if (what === 'change') await editAssociation(tx, actor, id!, input!);
	}
	await record(tx, actor, 'association.import', 'municipality', actor.municipality, done);
	return done;
}

/** All bodies as lines of the same table. */
export async function exportAssociations(tx: Tx, actor: Actor) {
	if (!can(actor, 'association.edit', {})) throw new NotFound();
	const names = new Map([...(await schoolsOf(tx, actor))].map(([name, id]) => [id, name]));
	const all = [...(await bodiesOf(tx, actor)).values()].filter((one) => !one.ended);
	await record(tx, actor, 'association.export', 'municipality', actor.municipality, { rows: all.length });
	return {
		heads: columns.map(([, head]) => head),
		rows: all.map((one) =>
			columns.map(([key]) =>
				key === 'kind'
					? kindWords[one.kind]
					: key === 'schools'
						? one.schools.map((id) => names.get(id)).join('、')
						: one[key]
			)
		)
	};
}

async function schoolsOf(db: Reader, actor: Actor): Promise<Map<string, string>> {
	const rows = await db.select().from(school).where(eq(school.municipality, actor.municipality));
	return new Map(rows.map((row) => [row.name, row.id]));
}

async function bodiesOf(db: Reader, actor: Actor): Promise<Map<string, There>> {
	const rows = await db
		.select({ association, ended: associationEnding.at })
		.from(association)
		.leftJoin(associationEnding, eq(associationEnding.association, association.id))
		.where(eq(association.municipality, actor.municipality))
		.orderBy(association.kana);
	const districts = await db
		.select()
		.from(associationSchool)
		.where(eq(associationSchool.municipality, actor.municipality));
	return new Map(
		rows.map(({ association: { municipality: _m, createdAt: _c, ...one }, ended }) => [
			one.name,
			{
				...one,
				ended: ended !== null,
				schools: districts.flatMap((row) => (row.association === one.id ? row.school : [])).sort()
			}
		])
	);
}
