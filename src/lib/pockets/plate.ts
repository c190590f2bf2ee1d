/** The plate at the door of a pocket: its form. Pure. */
import * as z from 'zod/mini';
import { typedDay } from '#lib/calendar/typed.ts';
import { words } from '#lib/people/member.ts';

/** プレート · ステッカー · のぼり旗. */
export const plateKinds = ['plate', 'sticker', 'flag'] as const;
/** 良好 · 色あせ · 破損 · 紛失. */
export const plateConditions = ['good', 'faded', 'broken', 'lost'] as const;

export const plateForm = z.object({
	kind: z.enum(plateKinds, 'error_choose'),
	number: words(20),
	issuedOn: typedDay()
});
export type PlateForm = z.output<typeof plateForm>;
