/** The map of refuge homes; Leaflet comes with it, so it is fetched only where a map is shown. */
import type { Map as LeafletMap } from 'leaflet';
import type { MapBase } from '#lib/map/base.ts';
import { openMap } from '#lib/map/ground.client.ts';
import { pinsOn, type Pins } from '#lib/map/pins.client.ts';
import type { Language } from '#lib/calendar/era.ts';
import * as m from '#lib/words/messages.js';
import { kindName } from './kindName.ts';
import type { Pin } from './pin.ts';
import { hoursWords, pinName, signOf } from './pinWords.ts';

export type PinMap = Omit<Pins<Pin>, 'set'> & { set: (pins: readonly Pin[]) => void; close: () => void };

/** What a pin says when it is pressed: lines of text, whatever people typed. */
function told(pin: Pin, language: Language): HTMLElement {
	const box = document.createElement('div');
	const line = (text: string, kind = 'p') => {
		const node = document.createElement(kind);
		node.textContent = text;
		box.append(node);
	};
	line(`${pinName(pin)} ${m.refuge_number({ number: pin.number })}`, 'strong');
	if (pin.name) line(kindName(pin.kind));
	line(hoursWords(pin.hours, language) || m.refuge_no_hours());
	if (pin.closed) line(pin.closed);
	if (pin.confirmed === false) line(m.refuge_unconfirmed());
	return box;
}

/** Refuge homes on a map that is there already. */
export const pocketPins = (map: LeafletMap, language: Language, paper = false): Pins<Pin> =>
	pinsOn<Pin>(map, {
		look: (pin) => ({
			mark: paper ? String(pin.number) : signOf(pin.kind),
			faint: pin.confirmed === false,
			small: paper
		}),
		apart: paper,
		told: (pin) => told(pin, language)
	});

/** `paper`: every pin by itself, with its number, as the list below it has them. */
export function pinMap(box: HTMLElement, base: MapBase, language: Language, paper = false): PinMap {
	const map = openMap(box, base, {
		zoomIn: m.map_zoom_in(),
		zoomOut: m.map_zoom_out(),
		point: (n) => m.map_point({ n })
	});
	const pins = pocketPins(map, language, paper);
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
