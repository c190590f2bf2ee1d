/** From what the phone carries to what a map opens with. Pure. */
import type { MapBase } from '#lib/map/base.ts';
import type { Pack } from '#lib/watches/pack.ts';

export const baseOf = ({ tiles, attribution, center: [lng, lat], zoom }: Pack['map']): MapBase => ({
	tiles,
	attribution,
	lat,
	lng,
	zoom
});
