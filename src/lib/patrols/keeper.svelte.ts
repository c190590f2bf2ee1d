/** The last step of a form on the phone: what a person finished goes to the store, or is not lost where the store refuses it. */
import { StaleDraft, StoreFull, type Finish, type OpLine } from '#lib/sync/store.ts';
import { rightNow } from './clock.client.ts';
import type { Phone } from './phone.svelte.ts';
import type { Recording } from './recording.svelte.ts';
import { copyOf, dropRescue, keepRescue, type Rescue } from './rescue.client.ts';

/** One form on the screen. */
type Kept = Pick<Recording, 'id' | 'saving' | 'finish'>;

export class Keeper {
	busy = $state(false);
	/** What the person is told when the device did not take it. */
	lost: 'no' | 'lost' | 'full' | 'nocopy' = $state('no');
	/** A sealed copy, kept beside the store and offered as a file. */
	copy: Rescue | undefined = $state.raw();
	#what: Finish | undefined;
	readonly #phone: Phone;

	constructor(phone: Phone) {
		this.#phone = phone;
	}

	/** Resolves with the line of the record when it is on this device; undefined when it is not, and then says so itself. */
	async keep(recording: Kept, made: () => Promise<Finish>): Promise<OpLine | undefined> {
		const store = this.#phone.store;
		if (!store || this.busy) return undefined;
		this.busy = true;
		try {
			this.#what = await this.#frozen(await made());
			const line = await recording.finish(this.#what);
			if (!line) return undefined;
			dropRescue(store.person, recording.id);
			this.#phone.onScreen = undefined;
			return line;
		} catch (thrown) {
			if (thrown instanceof StaleDraft) recording.saving = 'stale';
			else this.lost = (await this.#rescue(recording.id)) ? (thrown instanceof StoreFull ? 'full' : 'lost') : 'nocopy';
			return undefined;
		} finally {
			this.busy = false;
		}
	}

	/** The form is gone: its copy may be handed in. */
	leave(recording: Pick<Kept, 'id'>): void {
		if (this.#phone.onScreen === recording.id) this.#phone.onScreen = undefined;
	}

	/** The same content is the same op, however often the button is pressed: its copy may have arrived meanwhile. */
	async #frozen(made: Finish): Promise<Finish> {
		const { frozen, ...before } = this.#what ?? {};
		if (frozen && JSON.stringify(before) === JSON.stringify(made)) return { ...made, frozen };
		return { ...made, frozen: await this.#phone.store!.freeze(made) };
	}

	async #rescue(id: string): Promise<boolean> {
		const { store, pack } = this.#phone;
		const key = pack?.rescueKey;
		if (!this.#what?.frozen || !store || !key) return false;
		this.#phone.onScreen = id;
		try {
			this.copy = await copyOf(store, key, id, this.#what.frozen, rightNow());
			return keepRescue(store.person, this.copy);
		} catch {
			return false;
		}
	}
}
