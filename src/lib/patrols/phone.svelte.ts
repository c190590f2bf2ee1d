/**
 * The phone on patrol, as its screens see it: whose it is, what it carries, what waits, whether there is a line.
 * One per tab, made by the field layout. Offline is normal; nothing here waits for the network before the screen opens.
 */
import { getContext, setContext } from 'svelte';
import {
	openStore,
	StoreBlocked,
	StoreLost,
	StoreNewer,
	StoreUnavailable,
	type Draft as StoredDraft,
	type OpLine,
	type Store
} from '#lib/sync/store.client.ts';
import { isOlder } from '#lib/sync/protocol.ts';
import { createSender, type Sender } from '#lib/sync/sender.client.ts';
import { rememberedMinApp, rememberMinApp } from '#lib/sync/update.client.ts';
import { askToBeWoken, onWake } from '#lib/sync/wake.client.ts';
import type { Pack } from '#lib/watches/pack.ts';
import { rightNow } from './clock.client.ts';
import { holderNow, rememberHolder, type Holder } from './holder.client.ts';
import { pull } from './line.client.ts';
import { bare, isStale, sweepMirrors, withoutOver } from './mirrors.client.ts';
import { handInRescues, rescues, type Rescue } from './rescue.client.ts';

/** `nobody`: no one has signed in here, or too long ago. `noStore`: this browser keeps nothing. `newer`: the app must be updated. `blocked`: an older page holds the store. */
export type PhoneState = 'opening' | 'ready' | 'nobody' | 'noStore' | 'newer' | 'blocked';

export class Phone {
	state: PhoneState = $state('opening');
	/** Undefined until the first answer, or the lack of one. */
	online: boolean | undefined = $state();
	/** The server knows nobody here: sending waits, recording goes on. */
	signedOut = $state(false);
	holder: Holder | undefined = $state();
	/** Somebody else signed in on this device while the page was open. */
	changedHands = $state(false);
	pack: Pack | undefined = $state.raw();
	packAt: Date | undefined = $state.raw();
	drafts: StoredDraft[] = $state.raw([]);
	ops: OpLine[] = $state.raw([]);
	rescues: Rescue[] = $state.raw([]);
	/** Emergency copies that the server took from here. */
	handedIn = $state(0);
	/** The draft whose form could not be kept and is still on screen: its copy stays, the person may press again. */
	onScreen: string | undefined;
	sending = $state(false);
	/** The oldest app the server is content with, as it last said. */
	minApp: string | null = $state(rememberedMinApp());
	/** The person pressed 今すぐ送る and the server is being asked. */
	asking = $state(false);
	/** When something was last sent, or tried. */
	lastSentAt: Date | undefined = $state.raw();
	/** The server had too much to do and asked for time; it is sent by itself later. */
	putOff = $state(false);
	/** False when the browser may clear the store by itself. */
	persisted: boolean | undefined = $state();
	store: Store | undefined = $state.raw();
	/** Ops that the person deleted here after they had arrived. */
	erased: readonly string[] = $state.raw([]);
	/** Ops that a correction made here names as its base. */
	#corrected: readonly string[] = $state.raw([]);
	/** Hand-overs that were recorded anew because they had to be mended. */
	redone: readonly string[] = $state.raw([]);
	#sender: Sender | undefined;
	#stopSender: (() => void) | undefined;
	#unsubscribe: (() => void) | undefined;
	readonly #app: string;
	#closed = false;

	/** `app` is the version told to the server. */
	constructor(app: string) {
		this.#app = app;
	}

	/** The server asks for a newer app. Recording and sending go on. */
	get tooOld(): boolean {
		return isOlder(this.#app, this.minApp);
	}
	get waiting(): OpLine[] {
		return this.ops.filter((op) => op.state === 'queued' || op.state === 'held');
	}
	/** Sent back or refused: the person has something to do. */
	get toMend(): OpLine[] {
		return this.ops.filter(
			(op) =>
				op.state === 'broken' ||
				(op.outcome?.is === 'needsFix' && !this.redone.includes(op.id)) ||
				op.outcome?.is === 'rejected' ||
				this.askedOf(op.id) !== undefined
		);
	}
	/** What the leader asked for when this log was sent back; undefined once a correction is on its way. */
	askedOf(id: string): string | undefined {
		if (this.#corrected.includes(id)) return undefined;
		return this.pack?.sentBack?.find((one) => one.version === id)?.reason;
	}

	/** Opens the store of whoever holds this phone, then asks the server, if it can be reached. */
	async open(): Promise<void> {
		const holder = holderNow(rightNow());
		if (holder) await this.#use(holder);
		await this.refresh();
		if (this.state === 'opening') this.state = 'nobody';
	}

	/** Asks who is signed in and fetches the pack; then sends what waits. Never rejects. */
	async refresh(pressed = false): Promise<void> {
		const since = this.store ? (await this.store.pack().catch(() => undefined))?.next : undefined;
		const answer = await pull(since);
		if (this.#closed) return;
		this.online = answer.is !== 'offline';
		if (answer.is === 'offline') return;
		this.signedOut = answer.is === 'signedOut';
		if (answer.is === 'pack') await this.#carry(answer.pack, answer.next);
		else if (answer.is === 'same' && this.holder) this.#known({ ...this.holder, verifiedAt: Date.now() });
		if (this.signedOut) return;
		await this.send(pressed);
		if (this.store && this.rescues.length > 0) {
			this.handedIn += await handInRescues(this.store, this.onScreen).catch(() => 0);
			await this.reread();
		}
	}

	/** 今すぐ送る: asks and sends, and says so from the press on. */
	async sendNow(): Promise<void> {
		this.asking = true;
		await this.refresh(true).finally(() => (this.asking = false));
	}

	/** Sends what waits, unless that is under way, or the server asked for time and nobody pressed. */
	async send(pressed = false): Promise<void> {
		if (!this.#sender || this.sending) return;
		this.sending = true;
		try {
			const sent = await (pressed ? this.#sender.sendNow() : this.#sender.sendSoon());
			if (sent !== 'busy') this.online = sent !== 'offline';
		} catch {
			// A store that broke meanwhile says so where it is used; the next wake-up tries again.
		} finally {
			this.sending = false;
			await this.reread();
		}
	}

	/** Reads the lists again; called after every change in any tab. A store that is gone leaves them as they were. */
	async reread(): Promise<void> {
		await this.#read().catch(() => undefined);
	}

	async #read(): Promise<void> {
		const store = this.store;
		if (!store) return;
		const [drafts, ops] = await Promise.all([store.drafts(), store.ops()]);
		const basesOf = (kind: string) =>
			Promise.all(ops.filter((op) => op.kind === kind).map(async (op) => (await store.content(op.id))?.base ?? ''));
		const [corrected, redone, erased] = [
			await basesOf('patrol.amend'),
			await basesOf('equipment.receive'),
			await basesOf('void')
		];
		if (this.store !== store) return;
		this.#corrected = corrected;
		this.redone = redone.filter((id) => id !== '');
		this.erased = erased;
		this.drafts = drafts.sort((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime());
		this.ops = ops;
		this.lastSentAt = this.#sender?.last.at;
		this.putOff = this.#sender?.last.sent === 'later';
		const minApp = this.#sender?.last.minApp;
		if (minApp !== undefined && minApp !== this.minApp) rememberMinApp((this.minApp = minApp));
		this.rescues = rescues(store.person);
	}

	/** Asks the browser to keep the store; asked when the first recording starts, where the person sees why. */
	async askToKeep(): Promise<void> {
		this.persisted = await navigator.storage?.persist?.().catch(() => false);
	}

	close(): void {
		this.#closed = true;
		this.#leave();
	}

	/** The server has said whose phone this is and what it carries. */
	async #carry(pack: Pack, next: string): Promise<void> {
		const { id: person, name, staff } = pack.person;
		const holder = { person, name, staff, verifiedAt: Date.now() };
		if (this.holder?.person !== person) await this.#use(holder);
		this.#known(holder);
		this.pack = pack;
		this.packAt = rightNow();
		const value = pack as unknown as Record<string, unknown>;
		// A device without room for a new pack goes on with the old one.
		await this.store?.savePack({ value, next, at: this.packAt }).catch(() => undefined);
	}

	#known(holder: Holder): void {
		this.holder = holder;
		rememberHolder(holder);
	}

	async #use(holder: Holder): Promise<void> {
		this.changedHands = this.holder !== undefined;
		this.#leave();
		try {
			const store = await openStore(holder.person);
			this.store = store;
			this.holder = holder;
			this.#unsubscribe = store.subscribe(() => void this.reread());
			this.#sender = createSender(store, { app: this.#app });
			const stopSender = this.#sender.start();
			const stopWaking = onWake(() => void this.send());
			const stopAsking = store.outbox.onFinish(() => void askToBeWoken());
			this.#stopSender = () => [stopSender, stopWaking, stopAsking].forEach((stop) => stop());
			await this.#unpack(store);
			void sweepMirrors(holder.person, rightNow()).catch(() => undefined);
			this.persisted = await navigator.storage?.persisted?.().catch(() => undefined);
			await this.#read();
			this.state = 'ready';
		} catch (thrown) {
			this.state = thrown instanceof StoreNewer ? 'newer' : thrown instanceof StoreBlocked ? 'blocked' : 'noStore';
			// Unavailable and lost are the browser's; anything else is ours and is said in its console.
			const known = [StoreNewer, StoreBlocked, StoreUnavailable, StoreLost].some((kind) => thrown instanceof kind);
			if (!known) console.error(thrown);
		}
	}

	/** Names, shifts and places that were not refreshed for 14 days go from the device, doors with the last day of their round; on whose behalf one records stays. */
	async #unpack(store: Store): Promise<void> {
		const kept = await store.pack();
		if (!kept) return;
		const pack = kept.value as unknown as Pack;
		const now = rightNow();
		const fit = isStale(kept.at, now) ? bare(pack) : withoutOver(pack, now);
		if (fit !== pack) await store.savePack({ at: kept.at, next: '', value: fit as unknown as Record<string, unknown> });
		this.pack = fit;
		this.packAt = kept.at;
	}

	/** Nothing of the person before stays in sight. */
	#leave(): void {
		this.#unsubscribe?.();
		this.#stopSender?.();
		this.store?.close();
		this.store = this.pack = this.packAt = this.#sender = this.lastSentAt = undefined;
		this.drafts = [];
		this.ops = [];
		this.rescues = [];
	}
}

const key = Symbol('phone');
export const providePhone = (phone: Phone): Phone => setContext(key, phone);
export const usePhone = (): Phone => getContext<Phone>(key);
