/** The tables of this room, by noun. */
export * from './planTables.server.ts';
export * from './shiftTables.server.ts';
export * from './noticeTables.server.ts';
