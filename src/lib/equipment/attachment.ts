/** A file sent with a request: what it may be, by its first bytes and not by its name. Pure. */
export const MOST_FILES = 5;
export const LARGEST_FILE = 5 * 1024 * 1024;

const endings = {
	'application/pdf': 'pdf',
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'image/webp': 'webp'
} as const;
export type FileType = keyof typeof endings;
/** For the `accept` of the box. */
export const fileTypes = Object.keys(endings) as FileType[];

const latin1 = (bytes: Uint8Array, from: number, to: number) => String.fromCharCode(...bytes.subarray(from, to));

/** What a file is; undefined when it is none of what is taken. */
export function fileTypeOf(bytes: Uint8Array): FileType | undefined {
	if (latin1(bytes, 0, 5) === '%PDF-') return 'application/pdf';
	if (latin1(bytes, 0, 3) === '\xff\xd8\xff') return 'image/jpeg';
	if (latin1(bytes, 0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
	if (latin1(bytes, 0, 4) === 'RIFF' && latin1(bytes, 8, 12) === 'WEBP') return 'image/webp';
	return undefined;
}

const LONGEST_NAME = 80;

/**
 * The name to keep: without folders, without signs that nobody sees (they turn `fdp.exe` around on screen), and with the ending of
 * what the file really is.
 */
export function fileName(name: string, type: FileType): string {
	const last = name.split(/[/\\]/).at(-1) ?? '';
	const seen = last.replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}<>:"|?*]/gu, '').trim();
	const ending = endings[type];
	const fits = new RegExp(type === 'image/jpeg' ? '\\.jpe?g$' : `\\.${ending}$`, 'i');
	const bare = [...seen.replace(/\.(pdf|jpe?g|png|webp)$/i, '')].slice(0, LONGEST_NAME).join('') || 'file';
	return fits.test(seen) && [...seen].length <= LONGEST_NAME ? seen : `${bare}.${ending}`;
}

/** The header that names a download, in letters of any script. Pictures may be looked at; a document is only ever saved. */
export function disposition(name: string, type: string): string {
	const kind = type === 'application/pdf' ? 'attachment' : 'inline';
	const plain = name.replace(/[^\w.-]/g, '_');
	const whole = encodeURIComponent(name).replace(
		/['()*]/g,
		(sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`
	);
	return `${kind}; filename="${plain}"; filename*=UTF-8''${whole}`;
}
