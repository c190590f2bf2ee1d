import { error } from '@sveltejs/kit';
import { fiscalYearIn } from '#lib/reports/year.ts';
import { sentence } from './answers.ts';

/** The fiscal year in the address of a page, or 404. */
export function yearOfPage(event: { params: Partial<Record<string, string>> }): number {
	const year = fiscalYearIn(event.params.fiscalYear ?? '');
	if (year === undefined) error(404, sentence('error_not_found'));
	return year;
}
