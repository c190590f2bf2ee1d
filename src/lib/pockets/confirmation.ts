/** 継続確認: once a year each host is asked whether the home stays. Pure. */
import type { Ending } from './pocket.ts';

/** By the personal link · postcard · visit · phone · told to the office. */
export const methods = ['link', 'postcard', 'visit', 'phone', 'office'] as const;
export type Method = (typeof methods)[number];

/** 継続 · 変更 · 辞退 · 転居 · 閉店 · 宛先不明 · 返事なし. */
export const results = ['stays', 'changes', 'withdrew', 'moved', 'closed', 'unreachable', 'silent'] as const;
export type Result = (typeof results)[number];

/** Answers with which the home is confirmed for the year. */
export const isConfirming = (result: Result): boolean => result === 'stays' || result === 'changes';

/** The reason of the ending an answer leads to; none where the home stays, or where nobody has answered yet. */
export const endingOf = (result: Result): Ending | undefined =>
	result === 'withdrew' || result === 'moved' || result === 'closed' || result === 'unreachable' ? result : undefined;
