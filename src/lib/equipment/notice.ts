/** お知らせ about a request for equipment: which step is told to whom. Pure. */
import type { Deed } from './request.ts';

export const noticeKinds = [
	/** 申請が届きました */
	'sent',
	/** 申請が取り下げられました */
	'withdrawn',
	/** 決裁を待っています */
	'prepared',
	'sentBack',
	'approved',
	'declined',
	/** 受け取りに来られます: something came in that was waited for. */
	'reserved',
	'handedOver',
	'undone',
	/** The rest is not given out any more. */
	'closed',
	/** A loan comes back soon (`DUE_SOON_DAYS`), or should have come back. */
	'dueSoon',
	'overdue'
] as const;
export type NoticeKind = (typeof noticeKinds)[number];

/** clerks: who prepares · approvers: who decides · body: the leaders of the body that asks, and whoever sent the request. */
export type Audience = 'clerks' | 'approvers' | 'body';

export const audienceOf = (kind: NoticeKind): Audience => {
	if (kind === 'sent' || kind === 'withdrawn') return 'clerks';
	return kind === 'prepared' ? 'approvers' : 'body';
};
export const kindsFor = (audience: Audience): NoticeKind[] =>
	noticeKinds.filter((kind) => audienceOf(kind) === audience);

/** Which notice a step gives. A step that is not here is told to nobody. */
export const told: Partial<Record<Deed, NoticeKind>> = {
	send: 'sent',
	sendBack: 'sentBack',
	withdraw: 'withdrawn',
	prepare: 'prepared',
	approve: 'approved',
	decline: 'declined',
	allocate: 'reserved',
	handOver: 'handedOver',
	undoHandOver: 'undone',
	close: 'closed'
};

/** Which notices a step makes idle: nobody needs to be called to what a colleague has done meanwhile. */
export const settled: Partial<Record<Deed, readonly NoticeKind[]>> = {
	send: ['sentBack'],
	prepare: ['sent'],
	sendBack: ['sent', 'prepared'],
	withdraw: ['sent', 'prepared', 'sentBack'],
	approve: ['prepared'],
	decline: ['prepared'],
	handOver: ['reserved'],
	undoHandOver: ['handedOver'],
	takeBack: ['dueSoon', 'overdue']
};

/** So many days before its day a loan is called for. */
export const DUE_SOON_DAYS = 14;
