import { audiences, type Audience } from '#lib/pockets/audience.ts';
import { pocketNameOf } from '#lib/pockets/register.server.ts';
import { districtRound } from '#lib/pockets/roundReads.server.ts';
import { listOf } from '#lib/pockets/visits.server.ts';
import { noteLook } from '#lib/pockets/views.server.ts';
import { transaction } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

/** The list on paper for who goes round: what their audience may be told, and nothing else is on the sheet. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const asked = audiences.find((one) => one === event.url.searchParams.get('for'));
	const audience: Audience = asked && asked !== 'public' ? asked : 'district';
	return transaction(async (tx) => {
		const round = await districtRound(tx, actor, year, event.params.school);
		const of = { school: round.id, openedOn: round.openedOn, audience };
		const { points, areas } = await listOf(tx, actor.municipality, of);
		const open = new Set(round.homes.filter((one) => one.standing === 'open').map((one) => one.id));
		const homes = points.filter((one) => open.has(one.id));
		await noteLook(tx, actor, 'sheet', homes.length);
		const programme = await pocketNameOf(tx, actor.municipality);
		return { year, school: round.id, district: round.name, audience, homes, areas, programme };
	}).catch(answer);
};
