/** Runs in the browser, on a page without anything else: how soon so many pins are on a map, and how evenly it moves under a finger. */
import type * as Leaflet from 'leaflet';
import type {} from 'leaflet.markercluster';
import type { MapBase } from '#lib/map/base.ts';
import type { Pin } from '#lib/pockets/pin.ts';

type Ours = { pinMap: (box: HTMLElement, base: MapBase) => { set: (pins: readonly Pin[]) => void } };
export type What = { chunk: string | undefined; count: number };
declare global {
	interface Window {
		L: typeof Leaflet;
		paces: number[];
	}
}

/** Draws `count` pins with the app's own chunk, or without one with plain leaflet.markercluster; milliseconds until they are painted. */
export async function draw({ chunk, count }: What): Promise<number> {
	const kinds = ['home', 'shop', 'business', 'facility', 'medical'] as const;
	const hours = [null, null, null, null, null, null, null];
	// Over the whole town, and of the same places for both: a small generator of numbers.
	let state = 7;
	const roll = () => (state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff) / 0x7fffffff;
	const pins: Pin[] = Array.from({ length: count }, (_, n) => ({
		number: n + 1,
		kind: kinds[n % kinds.length]!,
		town: '本町一丁目',
		school: '第一小学校',
		lat: 35.68 + roll() * 0.05,
		lng: 139.47 + roll() * 0.07,
		hours
	}));
	const box = document.querySelector<HTMLElement>('.map-box')!;
	const tiles = 'https://tiles.example.jp/{z}/{x}/{y}.png';
	const base = { tiles, attribution: '', lat: 35.705, lng: 139.505, zoom: 13 };
	const ours = chunk === undefined ? undefined : ((await import(chunk)) as Ours);
	const painted = () =>
		new Promise<void>((done) =>
			requestAnimationFrame(() => {
				const after = new MessageChannel();
				after.port1.onmessage = () => done();
				after.port2.postMessage(null);
			})
		);
	await painted();
	const started = performance.now();
	if (ours) ours.pinMap(box, base).set(pins);
	else {
		const { L } = window;
		const map = L.map(box).setView([base.lat, base.lng], base.zoom);
		L.tileLayer(tiles, { maxZoom: 18 }).addTo(map);
		const group = L.markerClusterGroup();
		group.addLayers(
			pins.map(({ lat, lng }) =>
				L.marker([lat, lng], { icon: L.divIcon({ className: 'map-pin', iconSize: [30, 30] }) })
			)
		);
		map.addLayer(group);
		map.fitBounds(group.getBounds(), { animate: false });
	}
	await painted();
	return performance.now() - started;
}

/** From now on every frame is noted. */
export function watchFrames(): void {
	window.paces = [];
	let last = performance.now();
	const note = (now: number) => {
		window.paces.push(now - last);
		last = now;
		requestAnimationFrame(note);
	};
	requestAnimationFrame(note);
}
