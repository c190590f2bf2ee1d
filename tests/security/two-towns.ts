/** A server whose database holds the second town as well, and the keys that open something in each. */
import { execFileSync } from 'node:child_process';
import { startServer, type Server } from '../journeys/server.ts';

/** What stands at the end of an address and opens without a sign-in. */
type Keys = { code: string; token: string; feed: string; link: string };
export type TwoTowns = { server: Server; own: Keys; foreign: Keys };

export async function twoTowns(): Promise<TwoTowns> {
	const server = await startServer(process.env.TOWN_TEMPLATE);
	await server.stop();
	const printed = execFileSync('node', ['tests/security/second-town.ts', server.database], {
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'inherit']
	});
	await server.start();
	return { server, ...(JSON.parse(printed) as { own: Keys; foreign: Keys }) };
}
