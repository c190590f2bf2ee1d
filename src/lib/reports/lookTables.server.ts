/** What somebody saw of a table: a note for that person alone, replaced with each look and removed when it is old. */
import { count, index, instant, json, primaryKey, ref, table } from '#lib/server/db/columns.ts';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';
import type { Shown } from './looked.ts';
import { plan } from './tables.server.ts';

export const tableLook = table(
	'table_look',
	{
		municipality: ofMunicipality(),
		person: ref(() => person.id),
		plan: ref(() => plan.id),
		fiscalYear: count(),
		cells: json<Shown>(),
		at: instant()
	},
	(t) => [
		primaryKey({ columns: [t.person, t.plan, t.fiscalYear] }),
		index('table_look_by_time').on(t.at),
		index('table_look_by_plan').on(t.plan)
	]
);
