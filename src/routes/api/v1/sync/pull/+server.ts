import { createHash } from 'node:crypto';
import { db } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { handoversOfPack } from '#lib/equipment/handoverReads.server.ts';
import { pocketsOfPack } from '#lib/pockets/pack.server.ts';
import { schoolsOfPack, visitsOfPack } from '#lib/pockets/visitPack.server.ts';
import { greeting } from '#lib/sync/self.server.ts';
import { lossesOf } from '#lib/sync/phones.server.ts';
import { rescueKey } from '#lib/sync/keys.server.ts';
import { sentBackTo } from '#lib/patrols/sent-back.server.ts';
import { vehiclesOfPack } from '#lib/patrols/vehicles.server.ts';
import { packOf } from '#lib/watches/pack.server.ts';
import { said } from '../http.ts';
import type { RequestHandler } from './$types.js';

/** What this person's phone needs for the road. Nothing when it has not changed since `since=<era>:<change>`. */
export const GET: RequestHandler = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const from = await greeting(now);
	const { madeAt: _madeAt, ...watches } = await packOf(db, actor, now);
	const vehicles = await vehiclesOfPack(db, actor, now);
	const content = {
		...watches,
		vehicles,
		pockets: await pocketsOfPack(db, actor),
		visits: await visitsOfPack(db, actor, now),
		schools: await schoolsOfPack(db, actor),
		handovers: await handoversOfPack(db, actor),
		sentBack: await sentBackTo(db, actor),
		lost: await lossesOf(db, actor, now),
		rescueKey: await rescueKey(now)
	};
	const change = createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22);
	const next = `${from.era}:${change}`;
	const since = event.url.searchParams.get('since');
	const changes = since === next ? [] : [{ kind: 'pack', pack: { ...content, madeAt: now.toISOString() } }];
	const reset = since !== null && !since.startsWith(`${from.era}:`);
	return said({ ...from, changes, next, ...(reset && { reset }) });
};
