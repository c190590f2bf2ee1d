/** Which municipality a request belongs to, by the host name people typed. */
import { municipality } from './tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { once } from '#lib/server/db/once.ts';

export type Here = { id: string; name: string; demo: boolean };

// Every request asks it.
const all = once((db: Reader) =>
	db
		.select({ id: municipality.id, name: municipality.name, demo: municipality.demo, host: municipality.host })
		.from(municipality)
		.prepare()
);

/** All municipalities with the host that leads to them: read once per request, there is one or a handful. */
export type Hosts = { here: Here; host: string | null }[];

export async function municipalityHosts(db: Reader): Promise<Hosts> {
	const rows = await all(db).execute();
	return rows.map(({ host, ...here }) => ({ here, host: host?.toLowerCase() ?? null }));
}

/** The one with this host name; else the only one that has none. */
export function municipalityAt(hosts: Hosts, host: string): Here | undefined {
	const named = hosts.find((one) => one.host === host);
	const nameless = hosts.filter((one) => one.host === null);
	return named?.here ?? (nameless.length === 1 ? nameless[0]!.here : undefined);
}
