/**
 * Many pins on a map, in bunches: plain nodes in a pane of the map, and only those near the view. Leaflet's markers are heavier than
 * all the rest here, and thousands of them keep a cheap phone waiting. What a pin says is shown by the page.
 */
import type { LatLngBounds, Map as LeafletMap, Point as Pixels } from 'leaflet';
import { toLatLngBounds } from 'leaflet/src/geo/LatLngBounds.js';
import { bunchesIn, flat, NEAREST, type Bunch } from './bunches.ts';
import { at } from './ground.client.ts';
import type { Point } from './length.ts';

export type PinLook = { mark: string; faint?: boolean; small?: boolean };
type Spot = { lat: number; lng: number };
/** `apart`: no bunches, whatever the zoom. `say` hears of what was pressed and cannot be taken apart any further. */
type Drawing<T> = { apart?: boolean; look: (one: T) => PinLook; say: (those: readonly T[]) => void };
export type Pins<T> = {
	/** Shows these and no others; moves the view there when asked. */
	set: (things: readonly T[], fit?: boolean) => void;
	/** Goes to one and says what it is. */
	open: (one: T) => void;
	here: (point: Point) => void;
};
type Drawn = { node: HTMLElement; spot: Point };

/** A pin or a bunch: the words on it are for eyes, the list beside the map says the same to everybody else. */
function mark(text: string, look: string): HTMLElement {
	const box = document.createElement('div');
	box.className = 'map-pin-box leaflet-zoom-animated';
	box.ariaHidden = 'true';
	const node = document.createElement('span');
	node.className = look;
	node.textContent = text;
	box.append(node);
	return box;
}
const digits = (count: number) => (count > 999 ? `${Math.floor(count / 1_000)}k` : String(count));

/** The corners in one pass: a list of fifty thousand of Leaflet's points takes longer than drawing them. */
function around(spots: readonly Spot[]): LatLngBounds {
	let [south, west, north, east] = [90, 180, -90, -180];
	for (const { lat, lng } of spots) {
		if (lat < south) south = lat;
		if (lat > north) north = lat;
		if (lng < west) west = lng;
		if (lng > east) east = lng;
	}
	return toLatLngBounds([south, west], [north, east]);
}

/** So many of one spot are named; a house has no more doors. */
const NAMED = 20;

export function pinsOn<T extends Spot>(map: LeafletMap, { look, say, apart = false }: Drawing<T>): Pins<T> {
	const pane = map.getPane('markerPane')!;
	let things: readonly T[] = [];
	let points = flat([]);
	let drawn = new Map<string, Drawn>();
	let chosen: T | undefined;
	let me: Drawn | undefined;
	const bunchAt = new WeakMap<Element, Bunch>();

	// In two dimensions: each node in three would be a layer of its own for the browser to put together at every frame.
	const put = ({ node }: Drawn, { x, y }: Pixels) => void (node.style.transform = `translate(${x}px,${y}px)`);
	const everyone = () => (me ? [...drawn.values(), me] : [...drawn.values()]);
	function place() {
		for (const one of everyone()) put(one, map.latLngToLayerPoint(at(one.spot)));
	}
	/** While the map grows or shrinks its pins glide with it to where they will be. */
	function glide(center: Point, zoom: number) {
		const half = map.getSize().divideBy(2);
		const origin = map
			.project(at(center), zoom)
			.subtract(half)
			.subtract(map.containerPointToLayerPoint([0, 0]))
			.round();
		for (const one of everyone()) put(one, map.project(at(one.spot), zoom).subtract(origin));
	}
	function tell(those: readonly T[]) {
		[chosen] = those;
		draw();
		say(those.slice(0, NAMED));
	}
	function press({ members }: Bunch) {
		const those = members.map((n) => things[n]!);
		const bounds = around(those);
		if (map.getZoom() >= NEAREST || bounds.getNorthEast().equals(bounds.getSouthWest())) tell(those);
		else map.fitBounds(bounds, { padding: [48, 48], maxZoom: NEAREST });
	}
	function drawnOf(bunch: Bunch): Drawn {
		const { members } = bunch;
		const { mark: sign, faint, small } = look(things[members[0]!]!);
		const node =
			members.length > 1
				? mark(digits(members.length), 'map-pin map-bunch')
				: mark(sign, `map-pin${faint ? ' map-faint' : ''}${small ? ' map-small' : ''}`);
		bunchAt.set(node, bunch);
		const middle = (of: 'lat' | 'lng') => members.reduce((sum, n) => sum + things[n]![of], 0) / members.length;
		return { node, spot: [middle('lat'), middle('lng')] };
	}
	function draw() {
		const bounds = map.getBounds().pad(0.4);
		const view = {
			west: bounds.getWest(),
			east: bounds.getEast(),
			north: bounds.getNorth(),
			south: bounds.getSouth()
		};
		const pressed = chosen ? things.indexOf(chosen) : -1;
		const now = new Map<string, Drawn>();
		for (const bunch of bunchesIn(points, Math.round(map.getZoom()), view, apart)) {
			const one = drawn.get(bunch.key) ?? drawnOf(bunch);
			one.node.classList.toggle('map-chosen', pressed >= 0 && bunch.members.includes(pressed));
			now.set(bunch.key, one);
		}
		for (const [key, { node }] of drawn) if (!now.has(key)) node.remove();
		const fresh = [...now].filter(([key]) => !drawn.has(key));
		drawn = now;
		place();
		pane.append(...fresh.map(([, { node }]) => node));
	}
	map.on('moveend', draw);
	map.on('zoom viewreset', place);
	map.on('zoomanim', ({ center, zoom }) => glide([center.lat, center.lng], zoom));
	// The map’s own click: it does not come at the end of a drag.
	map.on('click', ({ originalEvent: { target } }) => {
		const box = target instanceof Element ? target.closest('.map-pin-box') : null;
		const bunch = box && bunchAt.get(box);
		if (bunch) press(bunch);
	});
	return {
		set(next, fit = false) {
			things = next;
			points = flat(next);
			for (const { node } of drawn.values()) node.remove();
			drawn = new Map();
			// Where the view moves it is drawn by that.
			if (fit && next.length) map.fitBounds(around(next), { padding: [24, 24], maxZoom: NEAREST, animate: false });
			else draw();
		},
		open(one) {
			map.setView([one.lat, one.lng], Math.max(NEAREST, map.getZoom()), { animate: false });
			tell([one]);
		},
		// The view stays where it is: tiles are asked for by place, and where somebody stands is nobody’s business.
		here(point) {
			me ??= { node: mark('', 'map-here'), spot: point };
			me.spot = point;
			place();
			pane.append(me.node);
		}
	};
}
