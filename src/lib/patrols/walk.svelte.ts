/**
 * Recording the way (任意): asked for each time, never needed. Keeps the screen awake while it runs, because a phone stops
 * giving positions when its screen locks.
 */
import type { Method } from './log.ts';
import { counts, type Fix } from './track.ts';

export type WalkState = 'off' | 'waiting' | 'on' | 'denied' | 'missing';

export class Walk {
	state: WalkState = $state('off');
	/** Is the screen kept awake? Older phones cannot. */
	awake = $state(false);
	#watch: number | undefined;
	#lock: WakeLockSentinel | undefined;
	readonly #track: () => Fix[];
	readonly #method: () => Method;

	/** `track` is the draft's own list: points that count are pushed there and saved with it. */
	constructor(track: () => Fix[], method: () => Method) {
		this.#track = track;
		this.#method = method;
	}

	start(): void {
		if (!('geolocation' in navigator)) {
			this.state = 'missing';
			return;
		}
		this.state = 'waiting';
		this.#watch = navigator.geolocation.watchPosition(this.#fix, this.#refused, {
			enableHighAccuracy: true,
			maximumAge: 5_000,
			timeout: 30_000
		});
		document.addEventListener('visibilitychange', this.#stayAwake);
		void this.#stayAwake();
	}

	stop(): void {
		if (this.#watch !== undefined) navigator.geolocation.clearWatch(this.#watch);
		this.#watch = undefined;
		document.removeEventListener('visibilitychange', this.#stayAwake);
		void this.#lock?.release().catch(() => undefined);
		this.#lock = undefined;
		this.awake = false;
		if (this.state === 'on' || this.state === 'waiting') this.state = 'off';
	}

	#fix = ({ coords, timestamp }: GeolocationPosition): void => {
		this.state = 'on';
		const fix = { lat: coords.latitude, lng: coords.longitude, accuracy: coords.accuracy, at: timestamp };
		if (counts(this.#track(), fix, this.#method())) this.#track().push(fix);
	};

	#refused = (why: GeolocationPositionError): void => {
		// A time-out or a tunnel is no refusal: the watch goes on and the next fix counts.
		if (why.code !== why.PERMISSION_DENIED) return;
		this.stop();
		this.state = 'denied';
	};

	/** A lock ends whenever the page is hidden; it is asked for again when the page comes back. */
	#stayAwake = async (): Promise<void> => {
		if (document.visibilityState !== 'visible' || this.#watch === undefined || !('wakeLock' in navigator)) return;
		try {
			this.#lock = await navigator.wakeLock.request('screen');
			this.awake = true;
			this.#lock.addEventListener('release', () => (this.awake = false));
		} catch {
			this.awake = false;
		}
	};
}
