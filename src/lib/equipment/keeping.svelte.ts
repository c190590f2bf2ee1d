/** The kept form behind the one on screen: looks for what was typed before, puts it back or offers it, keeps what is typed now. */
import type { Store } from '#lib/sync/store.ts';
import { FormKeeper, keptAt, type Kept, type KeptState, type Place } from './keptForm.client.ts';

/** The form on screen. */
type Screen = {
	/** The signed-in person, whose store it is. */
	person: string;
	/** The id that came with the page. */
	id: string;
	place: Place;
	/** What stands in the form. */
	read: () => Kept;
	/** Fills the form anew: with what was kept, or without it as the page came. */
	fill: (values: Kept['values'] | undefined) => void;
	/** Something stands in the form that is newer than what was kept on such a base. */
	newer: (base: number) => boolean;
};

export class Keeping {
	/** The id the form carries: that of a new request is taken over from what was typed before. */
	id: string = $state('');
	/** This browser keeps what is typed. */
	on = $state(false);
	/** How it goes with what was typed last; undefined while nothing was. */
	state: KeptState | undefined = $state();
	/** Typed here before, and not sent. `used`: it stands in the form. */
	before: { id: string; at: Date; revision: number; kept: Kept; used: boolean } | undefined = $state.raw();
	readonly #screen: Screen;
	#store: Store | undefined;
	#keeper: FormKeeper | undefined;
	#touched = false;
	#closed = false;

	constructor(screen: Screen, id: string) {
		this.#screen = screen;
		this.id = id;
	}

	/** Opens the person's store. A browser that has none: the form works, and says nothing of keeping. */
	async open(): Promise<void> {
		try {
			const { openStore } = await import('#lib/sync/store.client.ts');
			const store = await openStore(this.#screen.person);
			this.#store = store;
			const found = await keptAt(store, this.#screen.place);
			if (this.#closed) return store.close();
			if (found) this.before = { ...found, at: found.updatedAt, used: false };
			this.on = true;
			// Put back by itself, unless something newer stands there: an answer, something typed, a change from elsewhere.
			if (found && !this.#touched && !this.#screen.newer(found.kept.base)) this.use();
			else this.#keep(this.id, found?.id === this.id ? found.revision : 0);
		} catch {
			this.on = false;
		}
	}

	#keep(id: string, revision: number): void {
		this.#keeper?.close();
		this.id = id;
		this.#keeper =
			this.#store && new FormKeeper(this.#store, id, revision, this.#screen.read, (state) => (this.state = state));
		if (this.#touched) this.#keeper?.touched();
	}

	/** What was typed before goes into the form. */
	use(): void {
		if (!this.before) return;
		this.#screen.fill(this.before.kept.values);
		this.#keep(this.before.id, this.before.revision);
		this.before = { ...this.before, used: true };
	}

	/** What was typed before is not wanted. */
	async discard(): Promise<void> {
		const old = this.before;
		this.before = undefined;
		if (!old?.used) return void (old && (await this.#store?.deleteDraft(old.id)));
		await this.forget();
		this.state = undefined;
		this.#touched = false;
		this.#screen.fill(undefined);
		this.#keep(this.#screen.id, 0);
	}

	touched(): void {
		this.#touched = true;
		this.#keeper?.touched();
	}
	/** Writes what was typed last: the page may be going away. */
	save(): void {
		void this.#keeper?.save();
	}
	/** It has arrived. */
	async forget(): Promise<void> {
		await this.#keeper?.forget();
	}
	close(): void {
		this.#closed = true;
		const [keeper, store] = [this.#keeper, this.#store];
		void (keeper?.save() ?? Promise.resolve()).finally(() => {
			keeper?.close();
			store?.close();
		});
	}
}
