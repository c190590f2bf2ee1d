/** Kinds of お知らせ about shifts. */
export const noticeKinds = [
	/** 中止になりました */
	'cancelled',
	/** 行けなくなった人がいます */
	'helpWanted',
	/** 代表者があなたを申し込みました */
	'signedUp',
	/** あなたの申込が取り消されました */
	'takenOff',
	/** A phone's older promise beat this place: please choose another. */
	'displaced'
] as const;
export type NoticeKind = (typeof noticeKinds)[number];
