/** The map of refuge homes; Leaflet comes with it, so it is fetched only where a map is shown. */
import type { Map as LeafletMap } from 'leaflet';
import type { MapBase } from '#lib/map/base.ts';
import { openMap } from '#lib/map/ground.client.ts';
import { pinsOn, type Pins } from '#lib/map/pins.client.ts';
import * as m from '#lib/words/messages.js';
import type { Pin } from './pin.ts';
import { signOf } from './pinWords.ts';

export type PinMap = Omit<Pins<Pin>, 'set'> & { set: (pins: readonly Pin[]) => void; close: () => void };

/** `paper`: every pin by itself, with its number, as the list below it has them. */
type Options = { paper?: boolean; say?: (pins: readonly Pin[]) => void };

/** Refuge homes on a map that is there already. */
export const pocketPins = (map: LeafletMap, { paper = false, say = () => {} }: Options): Pins<Pin> =>
	pinsOn<Pin>(map, {
		look: (pin) => ({
			mark: paper ? String(pin.number) : signOf(pin.kind),
			faint: pin.confirmed === false,
			small: paper
		}),
		apart: paper,
		say
	});

export function pinMap(box: HTMLElement, base: MapBase, options: Options = {}): PinMap {
	const map = openMap(box, base, {
		zoomIn: m.map_zoom_in(),
		zoomOut: m.map_zoom_out(),
		point: (n) => m.map_point({ n })
	});
	const pins = pocketPins(map, options);
	let first = true;
	return {
		...pins,
		/** The view moves to the pins once: afterwards it is the person's. */
		set(next) {
			pins.set(next, first && next.length > 0);
			if (next.length > 0) first = false;
		},
		close: () => map.remove()
	};
}
