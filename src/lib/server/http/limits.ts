/** How much a request may bring. The process allows 27 MB for the files of a request for equipment; a form is never that long. Pure. */

const kB = 1024;
const usual = 256 * kB;
/** Five files of 5 MB, and the form around them. */
const withFiles = 5 * 5 * 1024 * kB + usual;

/** Routes that take more say so here; those under `/api/` measure what they read themselves. */
const roomier: Record<string, number> = {
	// Records of a phone in a file, with photos.
	'/(app)/rescue': 2560 * kB,
	// A city's list of five thousand homes.
	'/(app)/pockets/import': 2304 * kB,
	'/(app)/equipment/requests/new': withFiles,
	'/(app)/equipment/requests/[id]/edit': withFiles
};

/** 413 when the body is too long for its route, 411 when nobody says how long it is, nothing when it is fine. */
export function tooMuch(route: string | null, headers: Headers): 411 | 413 | undefined {
	if (route?.startsWith('/api/')) return undefined;
	if (headers.has('transfer-encoding')) return 411;
	const length = Number(headers.get('content-length') ?? 0);
	return length <= ((route && roomier[route]) || usual) ? undefined : 413;
}
