import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { ownCertificates } from '#lib/reports/certificates.server.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

/** One's own certificates, a sheet for each body. */
export const load = async (event) => {
	const year = yearOfPage(event);
	const now = new Date();
	return {
		year,
		first: year === firstFiscalYear,
		running: year >= fiscalYearAt(now),
		certificates: await ownCertificates(db, requireActor(event), year, now).catch(answer)
	};
};
