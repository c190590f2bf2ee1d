/** When an op really was finished. The phone's clock is data; what we can know better, we do. Pure. */

export type Stamp = { at: string; mono: number; boot: string };
export type Flag = 'corrected' | 'doubtful';

const DAY = 86_400_000;
/** Clocks that agree within this are right. */
const TOLERANCE = 60_000;
/** So far ahead may a phone be without being doubted. */
const AHEAD = 120_000;

/**
 * The true time of an op. Op and envelope of one start of the app tell how long ago it was; but that counter stands still while
 * a phone sleeps, so it gives the latest possible time, and the wall clock (shifted by how wrong it is now) the likely one.
 * They differ by more than a day only when the clock was set in between: then the counter wins and the leader looks.
 * Of another start the time is kept as it is, and doubted when it lies ahead or more than a day off.
 */
export function corrected(op: Stamp, sent: Stamp, now: Date): { at: Date; flags: Flag[] } {
	const said = Date.parse(op.at);
	if (op.boot !== sent.boot || sent.mono < op.mono) {
		const off = now.getTime() - said;
		return { at: new Date(said), flags: off > DAY || off < -AHEAD ? ['doubtful'] : [] };
	}
	const latest = Math.round(now.getTime() - (sent.mono - op.mono));
	const likely = said + now.getTime() - Date.parse(sent.at);
	const clockWasSet = likely > latest + TOLERANCE || latest - likely > DAY;
	const at = clockWasSet ? latest : Math.min(likely, latest);
	const flags: Flag[] = [];
	if (Math.abs(at - said) > TOLERANCE) flags.push('corrected');
	if (latest - likely > DAY) flags.push('doubtful');
	// Within the tolerance the phone's own time is the record.
	return { at: new Date(flags.includes('corrected') ? at : said), flags };
}
