import { sql, type Column, type SQL } from 'drizzle-orm';

/**
 * `column` is one of `values`. One text and one parameter however long the list is, so that the statement is compiled once;
 * `inArray` makes a new one for every length. For strings and numbers as the database holds them.
 */
export const among = (column: Column, values: readonly (string | number)[]): SQL =>
	sql`${column} in (select value from json_each(${JSON.stringify(values)}))`;

/** The same in a query put together once: the list comes at execution under `name`, as `listed(values)`. */
export const amongThose = (column: Column, name: string): SQL =>
	sql`${column} in (select value from json_each(${sql.placeholder(name)}))`;

export const listed = (values: readonly (string | number)[]): string => JSON.stringify(values);
