/** Does an `If-None-Match` name this ETag? Compared as RFC 9110 13.1.2 asks: weak marks do not count. Pure. */
export function sameAs(asked: string | null, etag: string): boolean {
	if (!asked) return false;
	return asked
		.split(',')
		.map((one) => one.trim().replace(/^W\//, ''))
		.some((one) => one === '*' || one === etag);
}
