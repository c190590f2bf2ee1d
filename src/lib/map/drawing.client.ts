/**
 * Leaflet, wrapped once and loaded only where a map is. Nothing here takes a string that becomes HTML: Leaflet would write it as
 * innerHTML, so popups and icons get DOM nodes.
 */
import 'leaflet/dist/leaflet.css';
import L from 'leaflet';
import type { MapBase } from './base.ts';
import type { Line, Point } from './length.ts';

export type Shown = { id: string; name: string; line: Line; kind: 'post' | 'route' };
export type Words = { zoomIn: string; zoomOut: string; point: (n: number) => string };

const at = ([lat, lng]: Point): L.LatLngExpression => [lat, lng];

/** A map in a box, with its base layer. Without tiles it still shows pins and lines on plain ground. */
export function openMap(box: HTMLElement, base: MapBase, words: Words): L.Map {
	const map = L.map(box, { zoomControl: false, attributionControl: false }).setView([base.lat, base.lng], base.zoom);
	L.control
		.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut, zoomInText: '+', zoomOutText: '−' })
		.addTo(map);
	L.tileLayer(base.tiles, { maxZoom: 18, crossOrigin: true }).addTo(map);
	// The 出典 stands below the map as text of the page, so the control that writes HTML is off.
	return map;
}

/** A round pin of our own: leaflet's picture would be one more request, and its icon takes HTML. */
function pin(label: string, text: string): L.DivIcon {
	const mark = document.createElement('span');
	mark.className = 'map-pin';
	mark.textContent = text;
	mark.title = label;
	return L.divIcon({ html: mark, className: 'map-pin-box', iconSize: [44, 44], iconAnchor: [22, 22] });
}

/** Names as a popup: text of a node, whatever people typed. */
function named(name: string): HTMLElement {
	const node = document.createElement('strong');
	node.textContent = name;
	return node;
}

/** Shows posts as pins and routes as lines, and moves the view so that all are seen. */
export function show(map: L.Map, things: readonly Shown[]): L.LayerGroup {
	const group = L.layerGroup().addTo(map);
	const all: Point[] = [];
	for (const [n, thing] of things.entries()) {
		const [first] = thing.line;
		if (!first) continue;
		all.push(...thing.line);
		if (thing.kind === 'route' && thing.line.length > 1)
			L.polyline(thing.line.map(at), { className: 'map-line', weight: 5 }).bindPopup(named(thing.name)).addTo(group);
		// No stop for the keyboard: the numbered list beside the map leads to the same places.
		L.marker(at(first), { icon: pin(thing.name, String(n + 1)), keyboard: false })
			.bindPopup(named(thing.name))
			.addTo(group);
	}
	fit(map, all);
	return group;
}

/** Moves the view to the points, never closer than a street. */
export function fit(map: L.Map, points: readonly Point[]): void {
	if (points.length) map.fitBounds(L.latLngBounds(points.map(at)), { padding: [32, 32], maxZoom: 17, animate: false });
}

export type Editor = { set: (line: Line) => void; close: () => void };

/** Lets people draw: a press adds a point (or moves the only one), points can be dragged. `changed` hears every change. */
export function edit(
	map: L.Map,
	line: Line,
	single: () => boolean,
	words: Words,
	changed: (line: Line) => void
): Editor {
	let points: Line = [...line];
	const group = L.layerGroup().addTo(map);
	const tell = () => {
		draw();
		changed([...points]);
	};
	const rounded = (spot: L.LatLng): Point => {
		const { lat, lng } = spot.wrap();
		return [Math.round(lat * 1e6) / 1e6, Math.round(lng * 1e6) / 1e6];
	};
	function draw() {
		group.clearLayers();
		if (points.length > 1) L.polyline(points.map(at), { className: 'map-line', weight: 5 }).addTo(group);
		for (const [n, point] of points.entries()) {
			const label = words.point(n + 1);
			const marker = L.marker(at(point), {
				icon: pin(label, String(n + 1)),
				draggable: true,
				alt: label,
				title: label
			});
			marker.on('dragend', () => {
				points = points.map((one, k) => (k === n ? rounded(marker.getLatLng()) : one));
				tell();
			});
			marker.addTo(group);
		}
	}
	map.on('click', (event) => {
		points = single() ? [rounded(event.latlng)] : [...points, rounded(event.latlng)];
		tell();
	});
	draw();
	fit(map, points);
	return {
		set: (next) => {
			points = [...next];
			draw();
		},
		close: () => map.remove()
	};
}
