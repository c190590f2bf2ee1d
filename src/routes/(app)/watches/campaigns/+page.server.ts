import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { db } from '#lib/server/db/index.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { campaignForm, runsOn } from '#lib/watches/season.ts';
import { campaignsOf, makeCampaign } from '#lib/watches/seasons.server.ts';

export const load = async (event) => {
	const today = jstDay(new Date());
	const campaigns = await campaignsOf(db, requireActor(event));
	return {
		campaigns,
		running: campaigns.filter((one) => runsOn(one, today)).map(({ id }) => id),
		year: fiscalYearOf(today),
		did: event.url.searchParams.get('did')
	};
};

export const actions = {
	default: form(campaignForm, async (tx, actor, input) => {
		await makeCampaign(tx, actor, input, new Date());
		return '/watches/campaigns?did=made';
	})
};
