/** Ids of the invented town: shaped like every other UUIDv7, but the same on every machine. */
const rooms = ['people', 'watches', 'patrols', 'equipment', 'pockets', 'reports', 'sync', 'outreach'] as const;

/** The n-th thing of one kind (0–9 by the room's own choice) in a room: `demoId('watches', 1, 12)`. */
export function demoId(room: (typeof rooms)[number], kind: number, n: number): string {
	const hex = (value: number, width: number) => value.toString(16).padStart(width, '0');
	return `01890000-0000-7${hex(rooms.indexOf(room) + 1, 3)}-8${hex(kind, 3)}-${hex(n, 12)}`;
}
