/** What a worker sees of the browser, as far as ours needs it; the library of types for workers does not go with the one for pages. */
export type LifeEvent = Event & { waitUntil(work: Promise<unknown>): void };

export type WorkerScope = {
	readonly clients: {
		claim(): Promise<void>;
		matchAll(): Promise<readonly { postMessage(message: unknown): void }[]>;
	};
	readonly registration: { unregister(): Promise<boolean> };
	skipWaiting(): Promise<void>;
	addEventListener(type: 'install' | 'activate' | 'sync', listener: (event: LifeEvent) => void): void;
	addEventListener(type: 'message', listener: (event: LifeEvent & { data: unknown }) => void): void;
};

export const worker = globalThis as unknown as WorkerScope;
