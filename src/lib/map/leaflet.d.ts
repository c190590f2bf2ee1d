/** The modules of Leaflet that `ground.client.ts` and `drawing.client.ts` take apart; its types know the whole only. */
declare module 'leaflet/src/map/Map.js' {
	export { map as createMap } from 'leaflet';
}
declare module 'leaflet/src/map/handler/*.js' {}
declare module 'leaflet/src/dom/DomEvent.js' {
	export const disableClickPropagation: typeof import('leaflet').DomEvent.disableClickPropagation;
}
declare module 'leaflet/src/geo/LatLngBounds.js' {
	export { latLngBounds as toLatLngBounds } from 'leaflet';
}
declare module 'leaflet/src/layer/LayerGroup.js' {
	export { layerGroup } from 'leaflet';
}
declare module 'leaflet/src/layer/Popup.js' {}
declare module 'leaflet/src/layer/marker/DivIcon.js' {
	export { divIcon } from 'leaflet';
}
declare module 'leaflet/src/layer/marker/Marker.js' {
	export { marker } from 'leaflet';
}
declare module 'leaflet/src/layer/tile/TileLayer.js' {
	export { tileLayer } from 'leaflet';
}
declare module 'leaflet/src/layer/vector/Polyline.js' {
	export { polyline } from 'leaflet';
}
declare module 'leaflet/src/layer/vector/Renderer.getRenderer.js' {}
