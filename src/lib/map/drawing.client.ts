/** Posts and routes on a map, and the drawing of them: what of Leaflet draws lines comes along here. */
import type { DivIcon, LatLng, LayerGroup, Map } from 'leaflet';
import { layerGroup } from 'leaflet/src/layer/LayerGroup.js';
import 'leaflet/src/layer/Popup.js';
import { divIcon } from 'leaflet/src/layer/marker/DivIcon.js';
import { marker as markerAt } from 'leaflet/src/layer/marker/Marker.js';
import { polyline } from 'leaflet/src/layer/vector/Polyline.js';
import 'leaflet/src/layer/vector/Renderer.getRenderer.js';
import { at, fit, type Words } from './ground.client.ts';
import type { Line, Point } from './length.ts';

export { openMap } from './ground.client.ts';
export type Shown = { id: string; name: string; line: Line; kind: 'post' | 'route' };

/** A round pin of our own: leaflet's picture would be one more request, and its icon takes HTML. */
function pin(label: string, text: string): DivIcon {
	const mark = document.createElement('span');
	mark.className = 'map-pin';
	mark.textContent = text;
	mark.title = label;
	return divIcon({ html: mark, className: 'map-pin-box', iconSize: [44, 44], iconAnchor: [22, 22] });
}

/** Names as a popup: text of a node, whatever people typed. */
function named(name: string): HTMLElement {
	const node = document.createElement('strong');
	node.textContent = name;
	return node;
}

/** Shows posts as pins and routes as lines, and moves the view so that all are seen. */
export function show(map: Map, things: readonly Shown[]): LayerGroup {
	const group = layerGroup().addTo(map);
	const all: Point[] = [];
	for (const [n, thing] of things.entries()) {
		const [first] = thing.line;
		if (!first) continue;
		all.push(...thing.line);
		if (thing.kind === 'route' && thing.line.length > 1)
			polyline(thing.line.map(at), { className: 'map-line', weight: 5 }).bindPopup(named(thing.name)).addTo(group);
		// No stop for the keyboard: the numbered list beside the map leads to the same places.
		markerAt(at(first), { icon: pin(thing.name, String(n + 1)), keyboard: false })
			.bindPopup(named(thing.name))
			.addTo(group);
	}
	fit(map, all);
	return group;
}

export type Editor = { set: (line: Line) => void; close: () => void };

/** Lets people draw: a press adds a point (or moves the only one), points can be dragged. `changed` hears every change. */
export function edit(map: Map, line: Line, single: () => boolean, words: Words, changed: (line: Line) => void): Editor {
	let points: Line = [...line];
	const group = layerGroup().addTo(map);
	const tell = () => {
		draw();
		changed([...points]);
	};
	const rounded = (spot: LatLng): Point => {
		const { lat, lng } = spot.wrap();
		return [Math.round(lat * 1e6) / 1e6, Math.round(lng * 1e6) / 1e6];
	};
	function draw() {
		group.clearLayers();
		if (points.length > 1) polyline(points.map(at), { className: 'map-line', weight: 5 }).addTo(group);
		for (const [n, point] of points.entries()) {
			const label = words.point(n + 1);
			const marker = markerAt(at(point), {
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

/**
 * A way and, numbered as in the list beside it, parts of it that stand out: broader, broken, of another colour and with a light edge,
 * so that no eye has to tell two colours apart.
 */
export function showParts(map: Map, line: Line, parts: readonly { line: Line; middle: Point; name: string }[]): void {
	polyline(line.map(at), { className: 'map-way', weight: 4, interactive: false }).addTo(map);
	for (const [n, part] of parts.entries()) {
		for (const className of ['map-part-edge', 'map-part'])
			polyline(part.line.map(at), { className, weight: className === 'map-part' ? 8 : 14, interactive: false }).addTo(
				map
			);
		markerAt(at(part.middle), { icon: pin(part.name, String(n + 1)), keyboard: false })
			.bindPopup(named(part.name))
			.addTo(map);
	}
	fit(map, line);
}
