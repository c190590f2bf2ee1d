/** A hand-over as it is filled in at the store room, on a phone without network. Pure. */
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { shortDate, type Language } from '#lib/calendar/era.ts';
import type { PackHandover } from '#lib/watches/pack.ts';
import { handoverWords, receivePayload, type ReceivePayload } from './handover.ts';
import { askedIn, boxOf, type Asked } from './request.ts';

/** Kind of these drafts in the phone's store. */
export const handKind = 'handover';

/** What the form holds. It carries what the pack said, so that it can be finished when the pack has gone. */
export type Hand = {
	of: PackHandover;
	/** By `boxOf`, as typed. */
	boxes: Record<string, string>;
	on: string;
	receivedBy: string;
	signature: string;
	dueOn: string;
	/** The op whose content is mended by this one. */
	base?: string;
};

/** Begins with everything that lies ready. */
export const blankHand = (of: PackHandover, today: string): Hand => ({
	of,
	boxes: Object.fromEntries(of.lines.map((line) => [boxOf(line.item, line.size), String(line.pieces)])),
	on: today,
	receivedBy: '',
	signature: '',
	dueOn: ''
});

/** Begins with what was sent before and has to be mended. */
export const handOf = (sent: ReceivePayload, of: PackHandover, base: string): Hand => ({
	of,
	boxes: Object.fromEntries(sent.lines.map((line) => [boxOf(line.item, line.size), String(line.pieces)])),
	on: sent.on,
	receivedBy: sent.receivedBy,
	signature: sent.signature ?? '',
	dueOn: sent.dueOn ?? '',
	base
});

/** What lies ready beside what this phone has already recorded and the pack does not know yet. */
export function leftOf(ready: readonly PackHandover[], taken: readonly ReceivePayload[]): PackHandover[] {
	const gone = new Map<string, number>();
	for (const { request, lines } of taken)
		for (const { item, size, pieces } of lines) {
			const key = `${request} ${boxOf(item, size)}`;
			gone.set(key, (gone.get(key) ?? 0) + pieces);
		}
	return ready
		.map((one) => ({
			...one,
			lines: one.lines
				.map((line) => ({ ...line, pieces: line.pieces - (gone.get(`${one.id} ${boxOf(line.item, line.size)}`) ?? 0) }))
				.filter((line) => line.pieces > 0)
		}))
		.filter((one) => one.lines.length > 0);
}

/** Lines of more than lies ready: may be sent, and will be looked at in the office. */
export function beyond({ of, boxes }: Pick<Hand, 'of' | 'boxes'>): PackHandover['lines'] {
	const { lines } = askedIn(boxes);
	return of.lines.filter((line) => (piecesIn(lines, line) ?? 0) > line.pieces);
}
const piecesIn = (lines: readonly Asked[], of: { item: string; size: string }) =>
	lines.find((line) => line.item === of.item && line.size === of.size)?.pieces;

/** The payload of what was typed, or the key of a sentence by field. `id` is the draft's own. */
export function payloadOf(
	hand: Hand,
	id: string,
	today: string
): { payload: ReceivePayload } | { errors: Record<string, string> } {
	const { of, boxes, on, receivedBy, signature, dueOn } = hand;
	const form = handoverWords.safeParse({ id, on, receivedBy, signature, dueOn });
	const { lines, errors } = askedIn(boxes);
	if (!form.success)
		for (const { path, message } of form.error.issues)
			errors[String(path[0])] ??= message.startsWith('error_') ? message : 'error_input';
	else {
		if (form.data.on > today) errors['on'] = 'error_equipment_future';
		else if (form.data.on < of.decidedOn) errors['on'] = 'error_equipment_before_decision';
		if (form.data.dueOn && form.data.dueOn < form.data.on) errors['dueOn'] = 'error_equipment_due';
	}
	if (lines.length === 0 && Object.keys(errors).length === 0)
		errors[boxOf(of.lines[0]?.item ?? '', of.lines[0]?.size ?? '')] = 'error_equipment_nothing_handed';
	if (!form.success || Object.keys(errors).length > 0) return { errors };
	const payload = receivePayload.parse({
		request: of.id,
		on: form.data.on,
		receivedBy: form.data.receivedBy,
		lines,
		...(form.data.signature && { signature: form.data.signature }),
		...(form.data.dueOn && { dueOn: form.data.dueOn })
	});
	return { payload };
}

/** 「11/27(木) 前原小見守りの会 令和8-防資-003」, for the lists of the phone. */
export const summaryOf = ({ of }: Pick<Hand, 'of'>, { on }: Pick<ReceivePayload, 'on'>, language: Language): string =>
	[shortDate(on, language), of.body, of.number].join(' ');

/** It was decided in one fiscal year and is handed over in the next. */
export const yearTurned = ({ of, on }: Pick<Hand, 'of' | 'on'>): boolean =>
	of.decidedOn !== '' && fiscalYearOf(of.decidedOn) !== fiscalYearOf(on);
