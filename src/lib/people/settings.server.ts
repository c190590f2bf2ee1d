/** The settings of a municipality: names, sections, schools. */
import { and, asc, desc, eq, lte } from 'drizzle-orm';
import { newId } from '#lib/server/db/ids.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { record } from '#lib/server/db/trail.ts';
import { NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { SettingsInput } from './municipality.ts';
import { can, type Actor } from './permissions.ts';
import { municipality, school, section, sectionName } from './tables.server.ts';

/** A municipality with its settings. */
export async function settingsOf(db: Reader, of: string) {
	const [found] = await db.select().from(municipality).where(eq(municipality.id, of));
	if (!found) throw new NotFound();
	return found;
}

export async function editSettings(tx: Tx, actor: Actor, input: SettingsInput): Promise<void> {
	mayEdit(actor);
	const old = await settingsOf(tx, actor.municipality);
	const { name, tiles, attribution, lat, lng, zoom, ...rest } = input;
	const settings = { ...old.settings, ...rest, map: { tiles, attribution, lat, lng, zoom } };
	await tx.update(municipality).set({ name, settings }).where(eq(municipality.id, actor.municipality));
	await record(tx, actor, 'settings.edit', 'municipality', actor.municipality);
}

/** Sections with the name of a fiscal year, and all their names. */
export async function sectionsOf(db: Reader, of: string, fiscalYear: number) {
	const rows = await db
		.select({ id: section.id, code: section.code, name: sectionName.name, fromFiscalYear: sectionName.fromFiscalYear })
		.from(section)
		.innerJoin(sectionName, eq(sectionName.section, section.id))
		.where(eq(section.municipality, of))
		.orderBy(asc(section.id), desc(sectionName.fromFiscalYear));
	return [...Map.groupBy(rows, (row) => row.id)].map(([id, names]) => ({
		id,
		code: names[0]!.code,
		name: (names.find((one) => one.fromFiscalYear <= fiscalYear) ?? names.at(-1)!).name,
		names: names.map(({ name, fromFiscalYear }) => ({ name, fromFiscalYear }))
	}));
}

/** The name of one section in a fiscal year. */
export async function sectionNameIn(db: Reader, id: string, fiscalYear: number): Promise<string | undefined> {
	const [found] = await db
		.select({ name: sectionName.name })
		.from(sectionName)
		.where(and(eq(sectionName.section, id), lte(sectionName.fromFiscalYear, fiscalYear)))
		.orderBy(desc(sectionName.fromFiscalYear))
		.limit(1);
	return found?.name;
}

/**
 * Adds a section of the city's own; who sets up the plans may add one that a measure names. Sent twice with the same id, it is there once.
 */
export async function addSection(
	tx: Tx,
	actor: Actor,
	name: string,
	fiscalYear: number,
	{ id = newId(), code = id }: { id?: string; code?: string } = {}
): Promise<string> {
	if (!can(actor, 'measure.edit', {})) mayEdit(actor);
	const [there] = await tx.select({ municipality: section.municipality }).from(section).where(eq(section.id, id));
	if (there && there.municipality !== actor.municipality) throw new NotFound();
	if (there) return id;
	const known = await sectionsOf(tx, actor.municipality, fiscalYear);
	// In a small town one section may be both that of safety and the guidance office; one of the city's own is there once.
	if (code === id && known.some((one) => one.name === name)) throw new RuleBroken('error_section_there', 'name');
	await tx.insert(section).values({ id, municipality: actor.municipality, code });
	await tx
		.insert(sectionName)
		.values({ id: newId(), municipality: actor.municipality, section: id, name, fromFiscalYear: fiscalYear });
	await record(tx, actor, 'section.add', 'section', id);
	return id;
}

async function ownSection(tx: Tx, actor: Actor, id: string): Promise<void> {
	mayEdit(actor);
	const [own] = await tx
		.select({ id: section.id })
		.from(section)
		.where(and(eq(section.id, id), eq(section.municipality, actor.municipality)));
	if (!own) throw new NotFound();
}

/** A section is called otherwise from a fiscal year on; the years before keep their name. Of a year that has a name, this corrects it. */
export async function nameSection(
	tx: Tx,
	actor: Actor,
	input: { section: string; name: string; fromFiscalYear: number }
): Promise<void> {
	await ownSection(tx, actor, input.section);
	await tx
		.insert(sectionName)
		.values({ id: newId(), municipality: actor.municipality, ...input })
		.onConflictDoUpdate({ target: [sectionName.section, sectionName.fromFiscalYear], set: { name: input.name } });
	await record(tx, actor, 'section.name', 'section', input.section, { year: input.fromFiscalYear });
}

/** Takes back a name that was entered by mistake; the first one a section ever had stays. */
export async function dropSectionName(
	tx: Tx,
	actor: Actor,
	input: { section: string; fromFiscalYear: number }
): Promise<void> {
	await ownSection(tx, actor, input.section);
	const names = await tx
		.select({ id: sectionName.id, from: sectionName.fromFiscalYear })
		.from(sectionName)
		.where(eq(sectionName.section, input.section))
		.orderBy(asc(sectionName.fromFiscalYear));
	const at = names.findIndex(({ from }) => from === input.fromFiscalYear);
	if (at === -1) return;
	if (at === 0) throw new RuleBroken('error_section_first_name');
	await tx.delete(sectionName).where(eq(sectionName.id, names[at]!.id));
	await record(tx, actor, 'section.dropName', 'section', input.section, { year: input.fromFiscalYear });
}

export const schoolsOf = (db: Reader, of: string) =>
	db
		.select({ id: school.id, name: school.name, kana: school.kana })
		.from(school)
		.where(eq(school.municipality, of))
		.orderBy(school.kana);

export async function addSchool(tx: Tx, actor: Actor, input: { name: string; kana: string }): Promise<void> {
	mayEdit(actor);
	const [same] = await tx
		.select({ id: school.id })
		.from(school)
		.where(and(eq(school.municipality, actor.municipality), eq(school.name, input.name)));
	if (same) throw new RuleBroken('error_school_there', 'name');
	const id = newId();
	await tx.insert(school).values({ id, municipality: actor.municipality, ...input });
	await record(tx, actor, 'school.add', 'school', id);
}

function mayEdit(actor: Actor): void {
	if (!can(actor, 'settings.edit', {})) throw new NotFound();
}
