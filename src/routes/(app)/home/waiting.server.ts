/** What waits for this person in each room, counted by the rooms themselves. Only what their roles let them settle. */
import { policyOf } from '#lib/equipment/policies.server.ts';
import { storeWaiting } from '#lib/equipment/handoverReads.server.ts';
import { sentBackTo } from '#lib/equipment/asking.server.ts';
import { lowCount } from '#lib/equipment/reads.server.ts';
import { waitingRequests } from '#lib/equipment/requestReads.server.ts';
import { usageOwed } from '#lib/equipment/usage.server.ts';
import { may, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { closingCalls } from '#lib/reports/late.server.ts';
import { offersTo } from '#lib/people/handovers.server.ts';
import { findingsWaiting } from '#lib/patrols/findingReads.server.ts';
import { waitingCount } from '#lib/patrols/reads.server.ts';
import { openApplications } from '#lib/pockets/register.server.ts';
import { fiscalYearAt } from '#lib/calendar/fiscal-year.ts';
import { roundCalls } from '#lib/pockets/roundReads.server.ts';
import { openRunIns } from '#lib/pockets/runInReads.server.ts';
import { visitsLeft } from '#lib/pockets/visits.server.ts';
import { phonesWaiting } from '#lib/sync/phones.server.ts';
import { lackingCount } from '#lib/watches/reads.server.ts';
import type { MenuKey } from '../menu.server.ts';
import { unreadOf } from '../notices/list.server.ts';

/** `tile` is the entry of the menu that carries the red number. */
export type Waiting = {
	key:
		| 'offers'
		| 'notices'
		| 'logs'
		| 'phones'
		| 'findings'
		| 'lacking'
		| 'stock'
		| 'requests'
		| 'decisions'
		| 'handovers'
		| 'unclear'
		| 'sentBack'
		| 'usage'
		| 'applied'
		| 'explained'
		| 'runIns'
		| 'visits'
		| 'rounds'
		| 'asides'
		| 'prepareRounds'
		| 'openRounds'
		| 'closeYear'
		| 'late';
	tile: MenuKey;
	count: number;
	href: string;
	/** On how many phones, where that is part of the sentence. */
	phones?: number;
};

/** The lists with something in them. */
export async function waitingFor(reader: Reader, actor: Actor, now: Date): Promise<Waiting[]> {
	const found: Waiting[] = [];
	const offers = await offersTo(reader, actor);
	found.push({ key: 'offers', tile: 'members', count: offers.length, href: `/offers/${offers[0]?.id}` });
	found.push({ key: 'notices', tile: 'notices', count: await unreadOf(reader, actor, now), href: '/notices' });
	if (may(actor, 'patrol.confirm'))
		found.push({
			key: 'logs',
			tile: 'patrols',
			count: await waitingCount(reader, actor),
			href: '/patrols?state=waiting'
		});
	if (may(actor, 'sync.seeDevices')) {
		const { phones, records } = await phonesWaiting(reader, actor);
		found.push({ key: 'phones', tile: 'phones', count: records, phones, href: '/phones' });
	}
	if (may(actor, 'finding.answer'))
		found.push({ key: 'findings', tile: 'findings', count: await findingsWaiting(reader, actor), href: '/findings' });
	if (may(actor, 'shift.edit'))
		found.push({ key: 'lacking', tile: 'watches', count: await lackingCount(reader, actor, now), href: '/watches' });
	if (may(actor, 'stock.edit'))
		found.push({ key: 'stock', tile: 'stock', count: await lowCount(reader, actor), href: '/equipment/stock?low' });
	if (may(actor, 'request.make'))
		found.push({
			key: 'sentBack',
			tile: 'requests',
			count: await sentBackTo(reader, actor),
			href: '/equipment/requests'
		});
	const usage = may(actor, 'usage.report') ? await usageOwed(reader, actor, now) : undefined;
	if (usage)
		found.push({ key: 'usage', tile: 'reports', count: usage.bodies, href: `/equipment/usage/${usage.fiscalYear}` });
	if (may(actor, 'request.prepare'))
		found.push({
			key: 'requests',
			tile: 'requests',
			count: await waitingRequests(reader, actor, ['sent']),
			href: '/equipment/requests?state=sent'
		});
	if (await maySettle(reader, actor))
		found.push({
			key: 'decisions',
			tile: 'requests',
			count: await waitingRequests(reader, actor, ['prepared']),
			href: '/equipment/requests?state=prepared'
		});
	if (may(actor, 'request.handOver')) {
		const { toHandOver, toReconcile } = await storeWaiting(reader, actor);
		found.push({ key: 'handovers', tile: 'requests', count: toHandOver, href: '/equipment/picking' });
		found.push({ key: 'unclear', tile: 'requests', count: toReconcile, href: '/equipment/picking#unclear' });
	}
	if (may(actor, 'pocket.edit'))
		for (const [state, count] of await openApplications(reader, actor))
			found.push({ key: state, tile: 'pockets', count, href: `/pockets?state=${state}` });
	if (may(actor, 'pocket.ask')) {
		const count = await visitsLeft(reader, actor, fiscalYearAt(now));
		found.push({ key: 'visits', tile: 'visits', count, href: '/pockets/visits' });
	}
	if (may(actor, 'pocket.edit')) {
		const { season, unopened, left, asides } = await roundCalls(reader, actor, now);
		const key = season === 'prepare' ? 'prepareRounds' : 'openRounds';
		found.push({ key, tile: 'pockets', count: unopened, href: '/pockets/rounds' });
		found.push({ key: 'rounds', tile: 'pockets', count: left, href: '/pockets/rounds' });
		found.push({ key: 'asides', tile: 'pockets', count: asides, href: '/pockets/rounds' });
	}
	if (may(actor, 'runIn.see'))
		found.push({ key: 'runIns', tile: 'runIns', count: await openRunIns(reader, actor), href: '/pockets/run-ins' });
	const closing = await closingCalls(reader, actor, now);
	if (closing) {
		const href = `/reports/${closing.fiscalYear}/closing`;
		found.push({ key: 'closeYear', tile: 'reports', count: closing.toClose, href });
		found.push({ key: 'late', tile: 'reports', count: closing.late, href });
	}
	return found.filter(({ count }) => count > 0);
}

/** Who decides: the approver, or whoever prepares where the city lets one do both. */
const maySettle = async (reader: Reader, actor: Actor) =>
	may(actor, 'request.decide') ||
	(may(actor, 'request.settle') && (await policyOf(reader, actor.municipality)).oneMayDoBoth);
