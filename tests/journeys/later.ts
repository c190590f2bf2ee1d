/** Preloaded into a server (`node --import`): its clock stands `LATER` milliseconds ahead of the machine's. */
const later = Number(process.env.LATER ?? 0);
const Now = Date;

globalThis.Date = class extends Now {
	constructor(...at: [] | [number | string | Date]) {
		if (at.length === 0) super(Now.now() + later);
		else super(...(at as [number]));
	}
	static override now(): number {
		return Now.now() + later;
	}
} as DateConstructor;
