/** Campaigns (運動・推進月間) and closed days (休校日): their forms. Pure. */
import * as z from 'zod/mini';
import { chosen, day, wholeNumber, words } from './inputs.ts';
import { programmes } from './programme.ts';

/** April is the first month of a fiscal year, March the last. */
export const monthInYear = (month: number) => (month + 8) % 12;

export const campaignForm = z
	.object({
		name: z
			.string('error_required')
			.check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(60, 'error_too_long')),
		programme: z.enum(programmes, 'error_input'),
		fiscalYear: wholeNumber(2000, 2100),
		fromMonth: wholeNumber(1, 12),
		toMonth: wholeNumber(1, 12),
		greeting: words(200)
	})
	.check(
		z.refine((form) => monthInYear(form.fromMonth) <= monthInYear(form.toMonth), {
			error: 'error_watches_months',
			path: ['toMonth']
		})
	);
export type CampaignForm = z.output<typeof campaignForm>;

type Running = Pick<CampaignForm, 'fiscalYear' | 'fromMonth' | 'toMonth'> & { endedOn: string | null };

/** Is the campaign on in the month of this day, and nobody ended it by then? */
export function runsOn(campaign: Running, onDay: string): boolean {
	if (campaign.endedOn && campaign.endedOn <= onDay) return false;
	const month = Number(onDay.slice(5, 7));
	const year = Number(onDay.slice(0, 4)) - (month < 4 ? 1 : 0);
	const at = monthInYear(month);
	return year === campaign.fiscalYear && at >= monthInYear(campaign.fromMonth) && at <= monthInYear(campaign.toMonth);
}

/** One closed day, or a run of them (夏休み). Up to 60 days at once. `school` empty = the whole municipality. */
export const closedDayForm = z
	.object({
		school: z._default(z.string(), ''),
		onDay: day,
		lastDay: z._default(z.union([z.literal(''), day], 'error_day'), ''),
		reason: z
			.string('error_required')
			.check(z.trim(), z.minLength(1, 'error_required'), z.maxLength(60, 'error_too_long'))
	})
	.check(
		z.refine((form) => form.lastDay === '' || form.lastDay >= form.onDay, {
			error: 'error_watches_period',
			path: ['lastDay']
		})
	);
export type ClosedDayForm = z.output<typeof closedDayForm>;

/** A campaign as its form shows it. */
export const typedOfCampaign = (one: Omit<CampaignForm, 'greeting'> & { greeting: string | null }) => ({
	name: one.name,
	programme: one.programme,
	fiscalYear: String(one.fiscalYear),
	fromMonth: String(one.fromMonth),
	toMonth: String(one.toMonth),
	greeting: one.greeting ?? ''
});

export const idForm = z.object({ id: chosen });
