/** The figures of five fiscal years, for those who may see the table they stand in. */
import { can, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { NotFound } from '#lib/server/errors.ts';
import { chartedYears, movementOf, seriesOf, type YearOfValues } from './charts.ts';
import { printedValues } from './printed.server.ts';
import { firstFiscalYear } from './year.ts';

/** Up to five years, the last of them `fiscalYear`; of a closed one what was published. */
export async function chartsOf(tx: Reader, actor: Actor, fiscalYear: number) {
	if (!can(actor, 'measure.see', {})) throw new NotFound();
	const years: YearOfValues[] = [];
	for (let year = Math.max(firstFiscalYear, fiscalYear - chartedYears + 1); year <= fiscalYear; year++)
		years.push({ fiscalYear: year, values: await printedValues(tx, actor, year) });
	return { groups: seriesOf(years), movement: movementOf(years) };
}
