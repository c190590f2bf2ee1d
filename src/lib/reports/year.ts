/** A fiscal year as it stands in an address: the western year it begins in. Pure. */

/** 令和元年度: before it nothing was recorded here. */
export const firstFiscalYear = 2019;

/** The fiscal year of an address; a year far ahead is a typing error. */
export function fiscalYearIn(text: string): number | undefined {
	const year = /^\d{4}$/.test(text) ? Number(text) : undefined;
	return year !== undefined && year >= firstFiscalYear && year <= 2099 ? year : undefined;
}

/** The address of the rows behind a number, after the `?`. */
export function rowsQuery(programmes: readonly string[], association?: string): string {
	const query = new URLSearchParams(programmes.map((one) => ['programme', one]));
	if (association) query.set('association', association);
	return query.toString();
}

// Made once: making one takes longer than a hundred numbers.
const whole = new Intl.NumberFormat('ja-JP');
const oneDecimal = new Intl.NumberFormat('ja-JP', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** Thousands with a comma, as the office prints them; none is なし in a printed table and 0 in a machine's. */
export const printed = (n: number): string => whole.format(n);

/** Metres as kilometres with one decimal and thousands. */
export const printedKm = (metres: number): string => oneDecimal.format(Math.round(metres / 100) / 10);
