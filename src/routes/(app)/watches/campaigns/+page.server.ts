import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { campaignForm } from '#lib/watches/season.ts';
import { campaignsOf, makeCampaign } from '#lib/watches/seasons.server.ts';

export const load = async (event) => ({
	campaigns: await campaignsOf(db, requireActor(event)),
	year: fiscalYearOf(jstDay(new Date())),
	saved: event.url.searchParams.has('saved')
});

export const actions = {
	default: form(campaignForm, async (tx, actor, input) => {
		await makeCampaign(tx, actor, input, new Date());
		return '/watches/campaigns?saved';
	})
};
