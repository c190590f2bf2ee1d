/** 5,000 requests and a ledger of 200,000 lines: what their pages cost the server, and what the rules of a body cost by themselves. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { factsOf } from '#lib/equipment/facts.server.ts';
import { closeDatabase, db, openDatabase } from '#lib/server/db/index.ts';
import { startServer } from '../journeys/server.ts';
import { bigStore, type BigStore } from './big-store.ts';
import { costs, signIn } from './page-cost.ts';
import type { Figures } from './run.ts';

const year = fiscalYearOf(jstDay(new Date()));
const chosen = (ids: readonly string[]) => ids.map((id) => `id=${id}`).join('&');
const pagesOf = ({ item, bodies, sent, prepared, granted }: BigStore) => ({
	'requests, newest': '/equipment/requests',
	'requests, sent': '/equipment/requests?state=sent',
	'requests, last year': `/equipment/requests?year=${year - 1}`,
	'requests, of one body': `/equipment/requests?association=${bodies[7]}`,
	'requests, lacking pieces': '/equipment/requests?lacking=1',
	'ledger, this year': '/equipment/ledger',
	'ledger, three years ago': `/equipment/ledger?year=${year - 3}`,
	'item with its ledger': `/equipment/items/${item}`,
	'what lies in the store': '/equipment/stock',
	'handed over in a year': `/reports/${year - 1}/equipment`,
	'handed over in a year, all': `/reports/${year - 1}/equipment?bodies=all`,
	'handed over in a year, CSV': `/reports/${year - 1}/equipment/csv`,
	'ledger on sheets': `/equipment/ledger/sheet?year=${year - 1}`,
	'ledger, whole CSV, sent in steps': `/equipment/ledger/csv?year=${year - 1}`,
	'stock, CSV': '/equipment/stock/csv',
	'requests, CSV of a year': `/equipment/requests/csv?year=${year - 1}`,
	'requests, whole CSV, sent in steps': '/equipment/requests/csv',
	'fifty requests at once': `/equipment/requests/decide?${chosen(sent.slice(0, 50))}`,
	'fifty proposals at once': `/equipment/requests/decide?${chosen(prepared.slice(0, 50))}`,
	'one request among its rivals': `/equipment/requests/${sent[0]}/decision`,
	'one proposal': `/equipment/requests/${prepared[0]}/decision`,
	'hand-over of a request': `/equipment/requests/${granted}/handover`,
	'what to pick': '/equipment/picking',
	'a new item': '/equipment/items/new',
	'loans that are due': '/equipment/loans',
	'reports of use': `/equipment/usage/${year - 1}`
});

/** The rules look at a body's logs of a year and at all it was ever handed. The median over forty bodies. */
async function costOfRules({ file, bodies }: BigStore): Promise<number> {
	const folder = mkdtempSync(join(tmpdir(), 'mimamori-rules-'));
	copyFileSync(file, join(folder, 'town.db'));
	openDatabase(join(folder, 'town.db'));
	const times: number[] = [];
	for (const body of bodies.slice(-41)) {
		const started = performance.now();
		await factsOf(db, body, new Date());
		times.push(performance.now() - started);
	}
	closeDatabase();
	rmSync(folder, { recursive: true });
	return times.sort((a, b) => a - b)[20]!;
}

export default async function measure(): Promise<Figures> {
	const store = await bigStore();
	const found: Figures = { 'rules of a body': { value: await costOfRules(store), unit: 'ms', aim: '< 30' } };
	const server = await startServer(store.file);
	try {
		const cookie = await signIn(server, 'safety');
		for (const [name, path] of Object.entries(pagesOf(store))) {
			const { answered, processor } = await costs(server, cookie, path);
			found[`safety: ${name}`] = {
				value: answered,
				unit: 'ms',
				...(name.endsWith('in steps') ? {} : { aim: '< 100' })
			};
			if (processor !== undefined) found[`safety: ${name}, processor`] = { value: processor, unit: 'ms' };
		}
		return found;
	} finally {
		await server.remove();
	}
}
