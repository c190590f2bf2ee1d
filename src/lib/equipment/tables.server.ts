/** Patrol equipment: what there is, the ledger of the store, requests and hand-overs. */
export * from './handoverTables.server.ts';
export * from './itemTables.server.ts';
export * from './noticeTables.server.ts';
export * from './requestTables.server.ts';
export * from './stockTables.server.ts';
