/** The op a finished log becomes: its walked line and photos travel apart, named by their hashes. */
import type { Finish, Store } from '#lib/sync/store.ts';
import { clockWords, shortDate } from '#lib/calendar/era.ts';
import { getLocale } from '#lib/words/runtime.js';
import type { Draft } from './draft.ts';
import { kmOf, type LogPayload } from './log.ts';
import { programmeName } from './programmeName.ts';

/** Keeps the walked line as a blob and says what is to be frozen. */
export async function finishOf(store: Store, draft: Draft, log: LogPayload): Promise<Finish> {
	const track = await keptTrack(store, draft);
	const photos = log.findings.flatMap((one) => one.photo ?? []);
	return {
		kind: draft.base ? 'patrol.amend' : 'patrol.submit',
		kv: 1,
		body: { type: draft.body.type, id: draft.body.id },
		payload: { ...log, ...(track && { track }) },
		blobs: [...new Set([...photos, ...(track ? [track] : [])])],
		summary: summaryOf(draft, log),
		...(draft.base && { base: draft.base })
	};
}

/** 「11/27(木) 7:30 登校見守り 緑町コース 1.2 km」, for the lists of the phone. */
export function summaryOf(draft: Pick<Draft, 'name'>, log: LogPayload): string {
	const when = `${shortDate(log.on, getLocale())} ${clockWords(new Date(log.departedAt))}`;
	const km = log.metres ? `${kmOf(log.metres)} km` : '';
	return [when, programmeName(log.programme), draft.name, km].filter((one) => one !== '').join(' ');
}

/** The line is a bonus: a device without room for it still keeps the log. */
async function keptTrack(store: Store, draft: Draft): Promise<string | undefined> {
	if (draft.track.length < 2) return undefined;
	try {
		const { walkedLine } = await import('./walked-line.ts');
		const text = walkedLine(draft.track);
		return text && (await store.putBlob(new TextEncoder().encode(text), 'application/geo+json'));
	} catch {
		return undefined;
	}
}
