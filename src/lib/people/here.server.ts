/** Which municipality a request belongs to, by the host name people typed. */
import { municipality } from './tables.server.ts';
import { whileUnchanged } from '#lib/server/db/unchanged.ts';

export type Here = { id: string; name: string; demo: boolean };

/** All municipalities with the host that leads to them: there is one or a handful. */
export type Hosts = { here: Here; host: string | null }[];

/** Every request asks it, so it is kept until something is written. */
export const municipalityHosts: () => Promise<Hosts> = whileUnchanged(async (db) => {
	const rows = await db
		.select({ id: municipality.id, name: municipality.name, demo: municipality.demo, host: municipality.host })
		.from(municipality);
	return rows.map(({ host, ...here }) => ({ here, host: host?.toLowerCase() ?? null }));
});

/** The one with this host name; else the only one that has none. */
export function municipalityAt(hosts: Hosts, host: string): Here | undefined {
	const named = hosts.find((one) => one.host === host);
	const nameless = hosts.filter((one) => one.host === null);
	return named?.here ?? (nameless.length === 1 ? nameless[0]!.here : undefined);
}
