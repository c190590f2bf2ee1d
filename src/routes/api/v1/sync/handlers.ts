/** Which rooms take part: each registers the kinds of op it applies. The sync room itself knows none of them. */
import { registerEquipment } from '#lib/equipment/receive.server.ts';
import { registerPatrols } from '#lib/patrols/receive.server.ts';
import { registerRunIns } from '#lib/pockets/runInReceive.server.ts';
import { registerVisits } from '#lib/pockets/visitReceive.server.ts';
import { registerWatches } from '#lib/watches/receive.server.ts';
import { retryOwnFaults } from '#lib/sync/receive.server.ts';

registerPatrols();
registerWatches();
registerEquipment();
registerRunIns();
registerVisits();

let retried: Promise<void> | undefined;

/** Once per start, before the first push: what waited for a kind or a mended fault is tried again. */
export function awake(): Promise<void> {
	return (retried ??= retryOwnFaults(new Date()).catch((thrown: unknown) => {
		retried = undefined;
		throw thrown;
	}));
}
