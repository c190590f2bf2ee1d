import { redirect } from '@sveltejs/kit';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';

/** The year that runs. */
export const load = () => redirect(303, `/reports/${fiscalYearAt(new Date())}`);
