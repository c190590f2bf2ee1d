/** What a worker sees of the browser, as far as ours needs it; the library of types for workers does not go with the one for pages. */
export type LifeEvent = Event & { waitUntil(work: Promise<unknown>): void };

export type PushEvent = LifeEvent & { readonly data: { json(): unknown } | null };
export type ClickEvent = LifeEvent & { readonly notification: { readonly data: unknown; close(): void } };

type Subscription = {
	readonly endpoint: string;
	readonly options: object;
	toJSON(): { endpoint?: string; keys?: Record<string, string> };
};
/** Browsers differ in which of the two they tell. */
export type ChangeEvent = LifeEvent & {
	readonly oldSubscription?: Subscription | null;
	readonly newSubscription?: Subscription | null;
};

export type WorkerScope = {
	readonly location: { readonly origin: string };
	readonly clients: {
		claim(): Promise<void>;
		matchAll(): Promise<readonly { postMessage(message: unknown): void }[]>;
		openWindow(url: string): Promise<unknown>;
	};
	readonly registration: {
		readonly pushManager: { subscribe(options: object): Promise<Subscription> };
		unregister(): Promise<boolean>;
		showNotification(title: string, options: { body: string; data: string; tag: string; icon: string }): Promise<void>;
	};
	skipWaiting(): Promise<void>;
	addEventListener(type: 'install' | 'activate' | 'sync', listener: (event: LifeEvent) => void): void;
	addEventListener(type: 'push', listener: (event: PushEvent) => void): void;
	addEventListener(type: 'pushsubscriptionchange', listener: (event: ChangeEvent) => void): void;
	addEventListener(type: 'notificationclick', listener: (event: ClickEvent) => void): void;
	addEventListener(type: 'message', listener: (event: LifeEvent & { data: unknown }) => void): void;
};

export const worker = globalThis as unknown as WorkerScope;
