/**
 * Leaflet, wrapped once and loaded only where a map is: of its modules those a map of ours is made of, which is two thirds of what its
 * bundle weighs (it cannot be shaken: each of its classes is a call). Lines come with `drawing.client.ts`. Nothing here takes a string
 * that becomes HTML: Leaflet would write it as innerHTML, so icons and popups get DOM nodes.
 */
import 'leaflet/dist/leaflet.css';
import type { LatLngExpression, Map } from 'leaflet';
import { disableClickPropagation } from 'leaflet/src/dom/DomEvent.js';
import { toLatLngBounds } from 'leaflet/src/geo/LatLngBounds.js';
import { tileLayer } from 'leaflet/src/layer/tile/TileLayer.js';
import { createMap } from 'leaflet/src/map/Map.js';
import 'leaflet/src/map/handler/Map.DoubleClickZoom.js';
import 'leaflet/src/map/handler/Map.Drag.js';
import 'leaflet/src/map/handler/Map.Keyboard.js';
import 'leaflet/src/map/handler/Map.ScrollWheelZoom.js';
import 'leaflet/src/map/handler/Map.TouchZoom.js';
import type { MapBase } from './base.ts';
import type { Point } from './length.ts';

export type Words = { zoomIn: string; zoomOut: string; point: (n: number) => string };

export const at = ([lat, lng]: Point): LatLngExpression => [lat, lng];

/** Nearer and farther, for those who have neither a wheel nor two fingers. */
function zoomBar(map: Map, words: Words): HTMLElement {
	const bar = document.createElement('div');
	bar.className = 'map-zoom';
	for (const [sign, label, step] of [
		['+', words.zoomIn, 1],
		['−', words.zoomOut, -1]
	] as const) {
		const button = document.createElement('button');
		button.type = 'button';
		button.textContent = sign;
		button.ariaLabel = button.title = label;
		button.addEventListener('click', () => map.setZoom(map.getZoom() + step));
		bar.append(button);
	}
	disableClickPropagation(bar);
	return bar;
}

/** A map in a box, with its base layer. Without tiles it still shows pins and lines on plain ground. */
export function openMap(box: HTMLElement, base: MapBase, words: Words): Map {
	const map = createMap(box, { zoomControl: false, attributionControl: false }).setView(
		[base.lat, base.lng],
		base.zoom
	);
	box.append(zoomBar(map, words));
	tileLayer(base.tiles, { maxZoom: 18, crossOrigin: true }).addTo(map);
	// The 出典 stands below the map as text of the page, so the control that writes HTML is off.
	return map;
}

/** Moves the view to the points, never closer than a street. */
export function fit(map: Map, points: readonly Point[]): void {
	if (points.length) map.fitBounds(toLatLngBounds(points.map(at)), { padding: [32, 32], maxZoom: 17, animate: false });
}
