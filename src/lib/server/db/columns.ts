/**
 * One vocabulary of columns for every room. It maps to SQLite today; switching these few functions serves PostgreSQL,
 * so rooms use nothing of drizzle's sqlite-core beside this file.
 *
 * Instants are UTC (`Date`), days are JST `YYYY-MM-DD`, times of day JST `HH:MM`, lengths whole metres.
 */
import {
	alias,
	blob,
	foreignKey,
	index,
	integer,
	primaryKey,
	real,
	sqliteTable,
	text as sqlText,
	unique,
	uniqueIndex,
	check,
	type AnySQLiteColumn
} from 'drizzle-orm/sqlite-core';

export { sqliteTable as table, alias, index, unique, uniqueIndex, check, foreignKey, primaryKey };
export type { AnySQLiteColumn as Column };

/** UUIDv7 made where the thing is born. An id is not a secret. */
export const id = () => sqlText().primaryKey();
/** A whole number that names the row: given by us, counting up. */
export const number = () => integer().primaryKey();
/** A row of another table that must exist; `refNumber` where that one is named by a `number()`. */
export const ref = (to: () => AnySQLiteColumn) => sqlText().notNull().references(to);
export const refNumber = (to: () => AnySQLiteColumn) => integer().notNull().references(to);
/** A row of another table, or none. */
export const refOrNone = (to: () => AnySQLiteColumn) => sqlText().references(to);
export const refNumberOrNone = (to: () => AnySQLiteColumn) => integer().references(to);
/** Text as it was typed; never folded for names of people or shops. */
export const text = () => sqlText().notNull();
export const textOrNone = () => sqlText();
/** One of a closed list of codes. */
export const code = <const T extends readonly [string, ...string[]]>(values: T) => sqlText({ enum: values }).notNull();
export const codeOrNone = <const T extends readonly [string, ...string[]]>(values: T) => sqlText({ enum: values });
/** A whole number; also metres, minutes and ids in an order. */
export const count = () => integer().notNull();
export const countOrNone = () => integer();
export const flag = () => integer({ mode: 'boolean' }).notNull();
/** A point in time, UTC, to the millisecond. */
export const instant = () => integer({ mode: 'timestamp_ms' }).notNull();
export const instantOrNone = () => integer({ mode: 'timestamp_ms' });
/** A JST day `YYYY-MM-DD`. */
export const day = () => sqlText().notNull();
export const dayOrNone = () => sqlText();
/** A JST time of day `HH:MM`. */
export const clock = () => sqlText().notNull();
export const clockOrNone = () => sqlText();
/** WGS84 degrees. */
export const degrees = () => real().notNull();
export const degreesOrNone = () => real();
export const json = <T>() => sqlText({ mode: 'json' }).$type<T>().notNull();
export const jsonOrNone = <T>() => sqlText({ mode: 'json' }).$type<T>();
export const bytes = () => blob({ mode: 'buffer' }).notNull();
