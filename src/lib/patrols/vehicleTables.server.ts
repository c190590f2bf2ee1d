/** The cars that patrol. */
import { day, id, instant, ref, refOrNone, table, text, uniqueIndex } from '#lib/server/db/columns.ts';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';

/** A patrol car of the city (or of a body). In service from a day on, until the retirement row says otherwise. */
export const vehicle = table(
	'vehicle',
	{
		id: id(),
		municipality: ofMunicipality(),
		/** CoCo 1号車: what the crews call it. */
		name: text(),
		plate: text(),
		inServiceFrom: day(),
		createdAt: instant()
	},
	(t) => [uniqueIndex('vehicle_once').on(t.municipality, t.name)]
);

/** The last day a car was in service, and why it left. */
export const vehicleRetirement = table('vehicle_retirement', {
	vehicle: ref(() => vehicle.id).primaryKey(),
	municipality: ofMunicipality(),
	lastOn: day(),
	reason: text(),
	by: refOrNone(() => person.id),
	at: instant()
});
