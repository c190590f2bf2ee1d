/** A patrol car: its forms, and whether it was in service on a day. Pure. */
import * as z from 'zod/mini';
import { typedDay } from '#lib/calendar/typed.ts';

const words = (most: number) =>
	z.string('error_required').check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(most, 'error_too_long'));

export const vehicleForm = z.object({ name: words(40), plate: words(40), inServiceFrom: typedDay() });
export type VehicleForm = z.output<typeof vehicleForm>;

export const retirementForm = z.object({ id: z.string(), lastOn: typedDay(), reason: words(200) });
export type RetirementForm = z.output<typeof retirementForm>;

/** In service from its first to its last day, both included. */
export const inService = (car: { inServiceFrom: string; lastOn: string | null }, day: string): boolean =>
	car.inServiceFrom <= day && (car.lastOn === null || day <= car.lastOn);
