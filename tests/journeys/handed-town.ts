/** The invented town in which 本町北町会 has been handed equipment today: made with the verbs, before its server starts. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jstDay } from '#lib/calendar/day.ts';
import { decideAsPrepared, prepare } from '#lib/equipment/decisions.server.ts';
import { handOver } from '#lib/equipment/handovers.server.ts';
import { saveRequest } from '#lib/equipment/requests.server.ts';
import type { Actor, Grant } from '#lib/people/permissions.ts';
import { closeDatabase, openDatabase, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { demoItems } from '../../src/demo/equipment.ts';
import { demoPeople, town } from '../../src/demo/town.ts';
import { test } from './fixtures.ts';
import { startServer, type Server } from './server.ts';

const association = town.associations.honcho;
const who = (role: 'leader' | 'safety' | 'approver', more: Omit<Grant, 'role'> = {}): Actor => ({
	municipality: town.municipality,
	person: town.people[role],
	name: demoPeople[role].name,
	grants: [{ role, ...more }]
});

/** Two armbands: asked for, decided, handed over and signed for. */
async function handArmbands(file: string): Promise<void> {
	const now = new Date();
	const item = demoItems.find((one) => one.name === '腕章')!.id;
	const id = newId();
	const line = { item, size: '', pieces: 2 };
	const form = { id, association, plan: '登校の見守り', as: 'send' } as const;
	const words = { lines: [{ ...line, reason: '' }], words: '', override: '市長が特に認めた場合' };
	const receipt = { id: newId(), on: jstDay(now), receivedBy: demoPeople.leader.name, signature: 'M10 10L90 90' };
	openDatabase(file);
	try {
		await transaction(async (tx) => {
			await saveRequest(tx, who('leader', { association }), form, [line], now);
			await prepare(tx, who('safety'), id, words, now);
			await decideAsPrepared(tx, who('approver'), id, '', now);
			await handOver(tx, who('safety'), id, receipt, [line], now);
		});
	} finally {
		closeDatabase();
	}
}

async function handedTown({}, use: (server: Server) => Promise<void>): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-handed-'));
	const file = join(folder, 'town.db');
	copyFileSync(process.env.TOWN_TEMPLATE!, file);
	await handArmbands(file);
	const server = await startServer(file);
	await use(server);
	await server.remove();
	rmSync(folder, { recursive: true, force: true });
}

export const inHandedTown = test.extend<object, { server: Server }>({ server: [handedTown, { scope: 'worker' }] });
