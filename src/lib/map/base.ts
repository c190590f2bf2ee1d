/** Tiles, their 出典, and where a map opens. Settings of the municipality; 地理院タイル (淡色) by default. */
export type MapBase = { tiles: string; attribution: string; lat: number; lng: number; zoom: number };
