/**
 * Whose phone this is (この端末を使う人): the last person the server knew here, kept in a small record so that the right store
 * opens with no network. It holds no key and opens no door: sending asks the session, the store has its own key.
 */

export type Holder = { person: string; name: string; staff: boolean; verifiedAt: number };

const place = 'mp_holder';
const day = 24 * 3_600_000;
/** How long a store may be used after the server last knew its person. */
const lifetime = (holder: Holder) => (holder.staff ? day / 2 : 30 * day);

/** The holder, unless the server has not known them for too long. A clock that went back does not make the record younger than it is for ever: it ends by the same span in both directions. */
export function holderNow(now: Date): Holder | undefined {
	try {
		const read: unknown = JSON.parse(localStorage.getItem(place) ?? 'null');
		if (!isHolder(read)) return undefined;
		return Math.abs(now.getTime() - read.verifiedAt) <= lifetime(read) ? read : undefined;
	} catch {
		return undefined;
	}
}

/** The server has just said who is signed in here. */
export function rememberHolder(holder: Holder): void {
	try {
		localStorage.setItem(place, JSON.stringify(holder));
	} catch {
		// A browser that keeps nothing cannot keep this either; the store says so to the person.
	}
}

/** Somebody left this device (この端末から出る). Their store stays, unseen, until they come back. */
export function forgetHolder(): void {
	try {
		localStorage.removeItem(place);
	} catch {
		// nothing was kept
	}
}

function isHolder(value: unknown): value is Holder {
	if (typeof value !== 'object' || value === null) return false;
	const one = value as Partial<Record<keyof Holder, unknown>>;
	return (
		typeof one.person === 'string' &&
		typeof one.name === 'string' &&
		typeof one.staff === 'boolean' &&
		typeof one.verifiedAt === 'number'
	);
}
