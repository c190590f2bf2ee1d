/** Many pins on a map, in bunches. What a pin says is a DOM node that the room makes. Only what is near the view is drawn. */
import type { DivIcon, Map as LeafletMap, Marker } from 'leaflet';
import { toLatLngBounds } from 'leaflet/src/geo/LatLngBounds.js';
import { layerGroup } from 'leaflet/src/layer/LayerGroup.js';
import { popup } from 'leaflet/src/layer/Popup.js';
import { divIcon } from 'leaflet/src/layer/marker/DivIcon.js';
import { marker as markerAt } from 'leaflet/src/layer/marker/Marker.js';
import { bunchesIn, flat, NEAREST, type Bunch } from './bunches.ts';
import type { Point } from './length.ts';

export type PinLook = { mark: string; faint?: boolean; small?: boolean };
type Spot = { lat: number; lng: number };
/** `apart`: no bunches, whatever the zoom. */
type Drawing<T> = { apart?: boolean; look: (one: T) => PinLook; told: (one: T) => HTMLElement };
export type Pins<T> = {
	/** Shows these and no others; moves the view there when asked. */
	set: (things: readonly T[], fit?: boolean) => void;
	/** Goes to one and says what it is. */
	open: (one: T) => void;
	here: (point: Point) => void;
};

/** A pin or a bunch: the words on it are for eyes, the list beside the map says the same to everybody else. */
function mark(text: string, look: string): DivIcon {
	const node = document.createElement('span');
	node.className = look;
	node.textContent = text;
	node.ariaHidden = 'true';
	return divIcon({ html: node, className: 'map-pin-box', iconSize: [44, 44], iconAnchor: [22, 22] });
}
const digits = (count: number) => (count > 999 ? `${Math.floor(count / 1_000)}k` : String(count));

/** So many of one spot are named; a house has no more doors. */
const NAMED = 20;

export function pinsOn<T extends Spot>(map: LeafletMap, { look, told, apart = false }: Drawing<T>): Pins<T> {
	const layer = layerGroup().addTo(map);
	let things: readonly T[] = [];
	let points = flat([]);
	let drawn = new Map<string, Marker>();
	const me = markerAt([0, 0], { icon: mark('', 'map-here'), interactive: false, keyboard: false, zIndexOffset: 1_000 });

	function say(those: readonly T[]) {
		const [first] = those;
		if (!first) return;
		const box = document.createElement('div');
		box.className = 'map-said';
		box.append(...those.slice(0, NAMED).map(told));
		popup({ offset: [0, -10], closeButton: false, maxHeight: 240 })
			.setLatLng([first.lat, first.lng])
			.setContent(box)
			.openOn(map);
	}
	function press({ members }: Bunch) {
		const those = members.map((n) => things[n]!);
		const bounds = toLatLngBounds(those.map(({ lat, lng }) => [lat, lng]));
		if (map.getZoom() >= NEAREST || bounds.getNorthEast().equals(bounds.getSouthWest())) say(those);
		else map.fitBounds(bounds, { padding: [48, 48], maxZoom: NEAREST });
	}
	function markerOf(bunch: Bunch): Marker {
		const { members } = bunch;
		const first = things[members[0]!]!;
		const many = members.length > 1;
		const { mark: sign, faint, small } = look(first);
		const icon = many
			? mark(digits(members.length), 'map-pin map-bunch')
			: mark(sign, `map-pin${faint ? ' map-faint' : ''}${small ? ' map-small' : ''}`);
		const middle = (of: 'lat' | 'lng') => members.reduce((sum, n) => sum + things[n]![of], 0) / members.length;
		// No stop for the keyboard: the list beside the map says the same and leads to each pin.
		return markerAt([middle('lat'), middle('lng')], { icon, keyboard: false }).on('click', () =>
			many ? press(bunch) : say([first])
		);
	}
	function draw() {
		const bounds = map.getBounds().pad(0.4);
		const view = {
			west: bounds.getWest(),
			east: bounds.getEast(),
			north: bounds.getNorth(),
			south: bounds.getSouth()
		};
		const now = new Map<string, Marker>();
		for (const bunch of bunchesIn(points, Math.round(map.getZoom()), view, apart)) {
			const kept = drawn.get(bunch.key);
			now.set(bunch.key, kept ?? markerOf(bunch).addTo(layer));
		}
		for (const [key, marker] of drawn) if (!now.has(key)) marker.remove();
		drawn = now;
	}
	map.on('moveend', draw);
	return {
		set(next, fit = false) {
			things = next;
			points = flat(next);
			for (const marker of drawn.values()) marker.remove();
			drawn = new Map();
			if (fit && next.length)
				map.fitBounds(toLatLngBounds(next.map(({ lat, lng }) => [lat, lng])), {
					padding: [24, 24],
					maxZoom: NEAREST,
					animate: false
				});
			draw();
		},
		open(one) {
			map.setView([one.lat, one.lng], Math.max(NEAREST, map.getZoom()), { animate: false });
			say([one]);
		},
		// The view stays where it is: tiles are asked for by place, and where somebody stands is nobody’s business.
		here: (point) => void me.setLatLng([point[0], point[1]]).addTo(map)
	};
}
