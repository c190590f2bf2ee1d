/** What a refuge home is. Pure; apart from `pocket.ts`, so that a map does not carry the rules of its form. */

/** 一般家庭 · 商店 · 事業所 · 公共施設 · 医療機関. */
export const kinds = ['home', 'shop', 'business', 'facility', 'medical'] as const;
export type Kind = (typeof kinds)[number];
