import * as z from 'zod/mini';
import { jstDay } from '#lib/calendar/day.ts';
import { inService, retirementForm, vehicleForm } from '#lib/patrols/vehicle.ts';
import { addVehicle, odometers, reinstateVehicle, retireVehicle, vehicles } from '#lib/patrols/vehicles.server.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const { municipality } = requireActor(event);
	const today = jstDay(new Date());
	const dials = await odometers(db, municipality);
	const cars = await vehicles(db, municipality);
	return { today, cars: cars.map((car) => ({ ...car, odometer: dials.get(car.id), active: inService(car, today) })) };
};

export const actions = {
	add: form(vehicleForm, async (tx, actor, car) => {
		await addVehicle(tx, actor, car, new Date());
		return '/vehicles';
	}),
	retire: form(retirementForm, async (tx, actor, input) => {
		await retireVehicle(tx, actor, input, new Date());
		return '/vehicles';
	}),
	reinstate: form(z.object({ id: z.string() }), async (tx, actor, { id }) => {
		await reinstateVehicle(tx, actor, id);
		return '/vehicles';
	})
};
