/**
 * What is typed in the form of a request, kept on this device while it is typed: in the store of the person who types, under the id
 * the request has or will have. Nobody else on this browser sees it, and a killed tab loses nothing.
 */
import { StaleDraft, type Draft, type Store } from '#lib/sync/store.ts';

const kind = 'request';
const pause = 1000;

export type Kept = {
	association: string;
	/** Not saved with the office yet: found again by the body it is for. */
	fresh: boolean;
	/** When the request was last changed as this form saw it. */
	base: number;
	/** How many files were chosen: those are not kept. */
	files: number;
	values: Record<string, string>;
};
/** `changed`: typed and not on the device yet. `failed`: the device does not take it. */
export type KeptState = 'changed' | 'kept' | 'failed';
type Drafts = Pick<Store, 'saveDraft' | 'draft' | 'drafts' | 'deleteDraft'>;

/** Which kept form belongs to a page: that of its request, or for a new one the last that was begun for this body. */
export type Place = { id: string } | { freshFor: string };

/** What was typed before and not sent. */
export async function keptAt(store: Pick<Store, 'drafts'>, place: Place) {
	const found = (await store.drafts()).filter((one) => one.kind === kind).map((one) => ({ ...one, kept: keptOf(one) }));
	return found.find((one) =>
		'id' in place ? one.id === place.id : one.kept.fresh && one.kept.association === place.freshFor
	);
}
const keptOf = (draft: Draft) => draft.data as unknown as Kept;

/** Keeps one form; `read` takes what stands in it, `say` hears how it goes. */
export class FormKeeper {
	#revision: number;
	#timer: ReturnType<typeof setTimeout> | undefined;
	#changed = false;
	#over = false;
	#queue: Promise<void> = Promise.resolve();

	readonly id: string;
	readonly #store: Drafts;
	readonly #read: () => Kept;
	readonly #say: (state: KeptState) => void;

	constructor(store: Drafts, id: string, revision: number, read: () => Kept, say: (state: KeptState) => void) {
		this.#store = store;
		this.id = id;
		this.#revision = revision;
		this.#read = read;
		this.#say = say;
	}

	/** Something was typed: kept a second later. */
	touched(): void {
		if (this.#over) return;
		if (!this.#changed) this.#say('changed');
		this.#changed = true;
		this.#timer ??= setTimeout(() => void this.save(), pause);
	}

	/** Keeps what stands there now, after whatever is still being written. Never rejects: `say` is told. */
	save(): Promise<void> {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (!this.#changed || this.#over) return this.#queue;
		this.#changed = false;
		// Taken now: a page that goes away has no form left when its turn comes.
		const data = this.#read() as unknown as Record<string, unknown>;
		this.#queue = this.#queue.then(() => this.#write(data));
		return this.#queue;
	}

	async #write(data: Record<string, unknown>): Promise<void> {
		if (this.#over) return;
		const draft = { id: this.id, kind, recording: false, data };
		try {
			this.#revision = await this.#store
				.saveDraft({ ...draft, revision: this.#revision })
				.catch(async (thrown: unknown) => {
					const stored = await this.#store.draft(this.id);
					// Another tab has sent it: what stands here must not come back as something unsent.
					if (!(thrown instanceof StaleDraft) || !stored) throw thrown;
					return this.#store.saveDraft({ ...draft, revision: stored.revision });
				});
			if (!this.#changed) this.#say('kept');
		} catch {
			this.#say('failed');
		}
	}

	/** It arrived, or is not wanted: nothing of it stays on the device. */
	async forget(): Promise<void> {
		this.close();
		await this.#queue;
		await this.#store.deleteDraft(this.id).catch(() => undefined);
	}

	/** Nothing more is kept by this form. */
	close(): void {
		clearTimeout(this.#timer);
		this.#over = true;
	}
}
