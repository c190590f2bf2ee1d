/** The tables of this room, by noun. */
export * from './pocketTables.server.ts';
export * from './seasonTables.server.ts';
export * from './runInTables.server.ts';
export * from './importTables.server.ts';
