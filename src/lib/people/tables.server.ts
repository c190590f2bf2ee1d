/** The tables of this room, by noun. */
export * from './townTables.server.ts';
export * from './rosterTables.server.ts';
export * from './accountTables.server.ts';
export * from './messageTables.server.ts';
