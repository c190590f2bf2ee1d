/** One IndexedDB database per person on this browser. The contract is in `store.ts`. */
import type { Store } from './store.ts';

export * from './store.ts';

/** Opens (and creates) the store of one person on this browser. Rejects with `StoreUnavailable` or `StoreNewer`. */
export function openStore(person: string): Promise<Store> {
	return Promise.reject(new Error(`no store for ${person} yet`));
}
