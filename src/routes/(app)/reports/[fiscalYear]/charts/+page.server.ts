import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { can, may } from '#lib/people/permissions.ts';
import { settingsOf } from '#lib/people/settings.server.ts';
import { chartsOf } from '#lib/reports/charts.server.ts';
import { typedMetricsOf } from '#lib/reports/typed.server.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { readApart } from '#lib/server/db/apart.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

/** Five years of every figure, as bars. */
export const load = async (event) => {
	const actor = requireActor(event);
	const year = yearOfPage(event);
	const typed = await typedMetricsOf(db, actor.municipality);
	const { settings } = await settingsOf(db, actor.municipality);
	const runs = fiscalYearAt(new Date());
	return {
		year,
		first: year === firstFiscalYear,
		runs,
		...(await readApart((tx) => chartsOf(tx, actor, year)).catch(answer)),
		pocketName: settings.pocketName,
		typed: typed.map(({ key, name, unit, basis }) => ({ key, name, unit, basis })),
		may: {
			cars: may(actor, 'vehicle.edit'),
			campaigns: may(actor, 'campaign.edit'),
			bodies: may(actor, 'association.edit'),
			requests: can(actor, 'request.see', {}),
			sections: [],
			findings: can(actor, 'finding.see', {}) ? undefined : []
		}
	};
};
