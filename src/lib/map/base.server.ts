/** What a map stands on in this municipality: tiles, their 出典, and where it opens. */
import { eq } from 'drizzle-orm';
import { municipality } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import type { MapBase } from './base.ts';

/** The base layer from the municipality's settings. */
export async function mapBaseOf(reader: Reader, id: string): Promise<MapBase> {
	const [here] = await reader
		.select({ settings: municipality.settings })
		.from(municipality)
		.where(eq(municipality.id, id));
	if (!here) throw new Error('no municipality');
	return here.settings.map;
}
