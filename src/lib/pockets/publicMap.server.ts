/** The public map, worked out once while nothing is written: everybody gets the same bytes. */
import { createHash } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { settingsOf } from '#lib/people/settings.server.ts';
import { school } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { whileUnchanged } from '#lib/server/db/unchanged.ts';
import * as m from '#lib/words/messages.js';
import { toCsv } from '#lib/server/csv.ts';
import { geojsonOf } from './geojson.ts';
import { heads, openRows } from './openData.ts';
import { publicView } from './views.server.ts';

/** The schools of a municipality by id. */
export async function schoolNames(db: Reader, municipality: string): Promise<Map<string, string>> {
	const rows = await db
		.select({ id: school.id, name: school.name })
		.from(school)
		.where(eq(school.municipality, municipality))
		.orderBy(school.kana, school.id);
	return new Map(rows.map((one) => [one.id, one.name]));
}

const etagOf = (text: string) => `"${createHash('sha256').update(text).digest('base64url').slice(0, 27)}"`;

async function mapOf(db: Reader, municipality: string) {
	const { name, settings } = await settingsOf(db, municipality);
	const map = geojsonOf(await publicView(db, municipality), await schoolNames(db, municipality), {
		programme: settings.pocketName,
		attribution: name,
		// One answer for everybody, whichever language their screens speak.
		terms: m.refuge_terms({}, { locale: 'ja' })
	});
	const text = JSON.stringify(map);
	const csv = toCsv(heads, openRows(map, { city: name, code: settings.cityCode }));
	return { map, text, etag: etagOf(text), csv: { text: csv, etag: etagOf(csv) } };
}

const kept = new Map<string, () => ReturnType<typeof mapOf>>();

/** The public map of a municipality, as a thing and as text with its strong ETag; as open data, too. */
export function publicMap(municipality: string): ReturnType<typeof mapOf> {
	const read = kept.get(municipality) ?? whileUnchanged((db) => mapOf(db, municipality));
	kept.set(municipality, read);
	return read();
}
