/** One draft on the screen: saves itself, survives a killed tab, and becomes an op once. */
import { StaleDraft, type Finish, type OpLine, type Store } from '#lib/sync/store.ts';
import type { Draft } from './draft.ts';

/** Kind of the drafts of this room in the phone's store. */
export const draftKind = 'patrol';

/** `stale`: another tab has written this draft since. `failed`: the device does not keep it. */
export type SaveState = 'saved' | 'changed' | 'stale' | 'failed';

const pause = 1000;

/** `D`: what the form holds; one that has a phase may be `walking`. */
export class Recording<D extends object = Draft> {
	readonly id: string;
	draft: D;
	saving: SaveState = $state('saved');
	/** Pressed once; a second press does nothing. */
	finishing = $state(false);
	readonly #kind: string;
	readonly #store: Pick<Store, 'saveDraft' | 'finish'>;
	#revision: number;
	#changes = 0;
	#saved = 0;
	#over = false;
	/** Why the last save failed. */
	#failure: unknown;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#queue: Promise<void> = Promise.resolve();

	constructor(store: Pick<Store, 'saveDraft' | 'finish'>, id: string, draft: D, revision: number, kind = draftKind) {
		this.#kind = kind;
		this.#store = store;
		this.id = id;
		this.draft = $state(draft);
		this.#revision = revision;
	}

	get #phase(): unknown {
		return 'phase' in this.draft ? this.draft.phase : undefined;
	}

	/** Something was typed, ticked or walked: saved a second later. */
	touched(): void {
		// Before setting out nothing is said that would be missed.
		if (this.#over || this.saving === 'stale' || this.#phase === 'ready') return;
		this.#changes++;
		this.saving = 'changed';
		this.#timer ??= setTimeout(() => void this.save(), pause);
	}

	/** Writes what stands there now, after whatever is still being written. Never rejects: `saving` tells. */
	save(anyway = false): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		this.#queue = this.#queue.then(() => this.#write(anyway));
		return this.#queue;
	}

	async #write(anyway: boolean): Promise<void> {
		if (this.#over || this.saving === 'stale') return;
		const upTo = this.#changes;
		if (upTo === this.#saved && !anyway) return;
		const data = $state.snapshot(this.draft) as Record<string, unknown>;
		try {
			this.#revision = await this.#store.saveDraft({
				id: this.id,
				kind: this.#kind,
				revision: this.#revision,
				recording: this.#phase === 'walking',
				data
			});
			this.#saved = upTo;
			if (upTo === this.#changes) this.saving = 'saved';
		} catch (thrown) {
			this.saving = thrown instanceof StaleDraft ? 'stale' : 'failed';
			this.#failure = thrown;
		}
	}

	/**
	 * Hands the finished log to the store; resolves only when it is on this device. Whatever goes wrong, the form and the draft
	 * stay. Undefined when it is already being done.
	 */
	async finish(what: Finish): Promise<OpLine | undefined> {
		if (this.finishing || this.#over) return undefined;
		this.finishing = true;
		try {
			await this.save(this.#revision === 0);
			if (this.saving === 'stale') throw new StaleDraft();
			// A draft the device never took cannot be finished: the store would look for it and think of another tab.
			if (this.saving === 'failed' && this.#revision === 0) throw this.#failure;
			const line = await this.#store.finish(this.id, this.#revision, what);
			this.#over = true;
			return line;
		} finally {
			this.finishing = false;
		}
	}

	/** The screen goes: nothing more is written by it. */
	close(): void {
		clearTimeout(this.#timer);
		this.#over = true;
	}
}
