/** What somebody had before them when they began to change it: a short sign of its content, sent along with the form. */
import { createHash } from 'node:crypto';

/** The sign of a content; the same content, the same sign. */
export const seenOf = (content: unknown): string =>
	createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 16);
