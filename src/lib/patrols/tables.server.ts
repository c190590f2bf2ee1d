/** The tables of this room, by noun. */
export * from './vehicleTables.server.ts';
export * from './logTables.server.ts';
export * from './findingTables.server.ts';
