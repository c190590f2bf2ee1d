import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { linksForm } from '#lib/pockets/confirmation.ts';
import { makeLinks } from '#lib/pockets/links.server.ts';
import { qrOf } from '#lib/pockets/qr.server.ts';
import { pocketNameOf } from '#lib/pockets/register.server.ts';
import { districtRound, type DistrictRound } from '#lib/pockets/roundReads.server.ts';
import { noteLook } from '#lib/pockets/views.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

const open = (round: DistrictRound) => round.homes.filter((one) => one.standing === 'open');

/** Numbers only. A link is kept as its hash, so that cards cannot be shown again: they are made anew, and the old ones die. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const round = await districtRound(db, actor, year, event.params.school).catch(answer);
	const homes = open(round);
	return {
		year,
		school: round.id,
		district: round.name,
		until: fiscalYearEnd(year),
		over: round.closedOn !== null || jstDay(new Date()) > fiscalYearEnd(year),
		all: homes.length,
		fresh: homes.filter((one) => one.linkAt === null).length,
		programme: await pocketNameOf(db, actor.municipality),
		town: event.locals.municipality?.name ?? ''
	};
};

export const actions = {
	make: form(linksForm, async (tx, actor, { which }, event) => {
		const fiscalYear = yearOfPage(event);
		const homes = open(await districtRound(tx, actor, fiscalYear, event.params.school ?? '')).filter(
			(one) => which === 'all' || one.linkAt === null
		);
		const links = await makeLinks(tx, actor, { fiscalYear, pockets: homes.map((one) => one.id) }, new Date());
		await noteLook(tx, actor, 'sheet', homes.length);
		const tokens = new Map(links.map((one) => [one.pocket, one.token]));
		return {
			cards: homes.map(({ id, number, name }) => {
				const address = `${event.url.origin}/pocket/${tokens.get(id) ?? ''}`;
				return { id, number, name, address, qr: qrOf(address) };
			})
		};
	})
};
