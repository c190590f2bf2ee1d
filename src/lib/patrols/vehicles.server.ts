/** The patrol cars: taken into service, renamed, taken out of service. The list itself. */
import { and, asc, desc, eq, isNotNull, max } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { can, reachOf, type Actor } from '#lib/people/permissions.ts';
import type { Reader, Tx } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { record } from '#lib/server/db/trail.ts';
import { Forbidden, NotFound, RuleBroken } from '#lib/server/errors.ts';
import type { PackVehicle } from '#lib/watches/pack.ts';
import { logVersion, vehicle, vehicleRetirement } from './tables.server.ts';
import type { RetirementForm, VehicleForm } from './vehicle.ts';

function mayEdit(actor: Actor): void {
	if (!can(actor, 'vehicle.edit', {})) throw new Forbidden();
}

/** All cars of the municipality, those that left last. */
export async function vehicles(tx: Reader, municipality: string) {
	return tx
		.select({
			id: vehicle.id,
			name: vehicle.name,
			plate: vehicle.plate,
			inServiceFrom: vehicle.inServiceFrom,
			lastOn: vehicleRetirement.lastOn,
			reason: vehicleRetirement.reason
		})
		.from(vehicle)
		.leftJoin(vehicleRetirement, eq(vehicleRetirement.vehicle, vehicle.id))
		.where(eq(vehicle.municipality, municipality))
		.orderBy(asc(vehicleRetirement.lastOn), asc(vehicle.name));
}

/** Last odometer known of each car, whole kilometres: where the next run begins. */
export async function odometers(tx: Reader, municipality: string): Promise<Map<string, number>> {
	const rows = await tx
		.select({ vehicle: logVersion.vehicle, km: max(logVersion.odometerEnd) })
		.from(logVersion)
		.where(and(eq(logVersion.municipality, municipality), isNotNull(logVersion.vehicle)))
		.groupBy(logVersion.vehicle)
		.orderBy(desc(logVersion.vehicle));
	return new Map(rows.flatMap((row) => (row.vehicle && row.km !== null ? [[row.vehicle, row.km]] : [])));
}

/** The cars in service, for the phones of those who drive them: whoever records for the city. */
export async function vehiclesOfPack(tx: Reader, actor: Actor, now: Date): Promise<PackVehicle[]> {
	if (!reachOf(actor, 'patrol.record').all) return [];
	const today = jstDay(now);
	const last = await odometers(tx, actor.municipality);
	return (await vehicles(tx, actor.municipality))
		.filter((car) => car.inServiceFrom <= today && (car.lastOn === null || car.lastOn >= today))
		.map(({ id, name }) => ({ id, name, ...(last.has(id) && { odometer: last.get(id) }) }));
}

async function nameIsFree(tx: Reader, actor: Actor, name: string, except?: string): Promise<void> {
	const [taken] = await tx
		.select({ id: vehicle.id })
		.from(vehicle)
		.where(and(eq(vehicle.municipality, actor.municipality), eq(vehicle.name, name)));
	if (taken && taken.id !== except) throw new RuleBroken('error_patrols_vehicle_name', 'name');
}

export async function addVehicle(tx: Tx, actor: Actor, car: VehicleForm, now: Date): Promise<string> {
	mayEdit(actor);
	await nameIsFree(tx, actor, car.name);
	const id = newId(now.getTime());
	await tx.insert(vehicle).values({ id, municipality: actor.municipality, ...car, createdAt: now });
	await record(tx, actor, 'vehicle.add', 'vehicle', id);
	return id;
}

export async function changeVehicle(tx: Tx, actor: Actor, id: string, car: VehicleForm): Promise<void> {
	mayEdit(actor);
	await nameIsFree(tx, actor, car.name, id);
	const changed = await tx
		.update(vehicle)
		.set(car)
		.where(and(eq(vehicle.id, id), eq(vehicle.municipality, actor.municipality)));
	if (changed.changes !== 1) throw new NotFound();
	await record(tx, actor, 'vehicle.change', 'vehicle', id);
}

/** Takes a car out of service after its last day. */
export async function retireVehicle(tx: Tx, actor: Actor, input: RetirementForm, now: Date): Promise<void> {
	mayEdit(actor);
	const [car] = await tx
		.select({ from: vehicle.inServiceFrom })
		.from(vehicle)
		.where(and(eq(vehicle.id, input.id), eq(vehicle.municipality, actor.municipality)));
	if (!car) throw new NotFound();
	if (input.lastOn < car.from) throw new RuleBroken('error_patrols_vehicle_days', 'lastOn');
	const { id, lastOn, reason } = input;
	const made = await tx
		.insert(vehicleRetirement)
		.values({ vehicle: id, municipality: actor.municipality, lastOn, reason, by: actor.person, at: now })
		.onConflictDoNothing();
	if (made.changes === 1) await record(tx, actor, 'vehicle.retire', 'vehicle', id, { lastOn });
}

/** A car taken out of service by mistake is back. */
export async function reinstateVehicle(tx: Tx, actor: Actor, id: string): Promise<void> {
	mayEdit(actor);
	const back = await tx
		.delete(vehicleRetirement)
		.where(and(eq(vehicleRetirement.vehicle, id), eq(vehicleRetirement.municipality, actor.municipality)));
	if (back.changes !== 1) throw new NotFound();
	await record(tx, actor, 'vehicle.reinstate', 'vehicle', id);
}
