import { fiscalYearAt, fiscalYearEnd } from '#lib/calendar/fiscal-year.ts';
import { can } from '#lib/people/permissions.ts';
import { memberCertificate } from '#lib/reports/certificates.server.ts';
import { firstFiscalYear } from '#lib/reports/year.ts';
import { transaction } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { yearOfPage } from '#lib/server/http/year.ts';

/** The certificate of a member, for the leader to sign; the trail says for whom. */
export const load = async (event) => {
	const actor = requireActor(event);
	const { membership } = event.params;
	const year = yearOfPage(event);
	const now = new Date();
	const found = await transaction((tx) => memberCertificate(tx, actor, membership, year, now)).catch(answer);
	const after = { association: found.body.id, on: fiscalYearEnd(year + 1) };
	return {
		...found,
		year,
		membership,
		first: year === firstFiscalYear,
		running: year >= fiscalYearAt(now),
		/** Whose role ended with the year issues none after it. */
		later: year < fiscalYearAt(now) && can(actor, 'certificate.issue', after)
	};
};
