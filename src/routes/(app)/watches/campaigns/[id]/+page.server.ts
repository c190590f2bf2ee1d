import * as z from 'zod/mini';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { campaignForm, typedOfCampaign } from '#lib/watches/season.ts';
import {
	campaignUsed,
	changeCampaign,
	endCampaign,
	findCampaign,
	resumeCampaign
} from '#lib/watches/seasons.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const one = await findCampaign(db, actor, event.params.id).catch(answer);
	return { values: typedOfCampaign(one), endedOn: one.endedOn, used: await campaignUsed(db, actor, one.id) };
};

export const actions = {
	change: form(campaignForm, async (tx, actor, input, event) => {
		await changeCampaign(tx, actor, event.params.id ?? '', input);
		return '/watches/campaigns?did=saved';
	}),
	end: form(z.object({}), async (tx, actor, _, event) => {
		await endCampaign(tx, actor, event.params.id ?? '', new Date());
		return '/watches/campaigns?did=ended';
	}),
	resume: form(z.object({}), async (tx, actor, _, event) => {
		await resumeCampaign(tx, actor, event.params.id ?? '');
		return '/watches/campaigns?did=saved';
	})
};
