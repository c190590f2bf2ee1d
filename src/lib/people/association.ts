/** Kinds of body that take part: 町会・自治会, PTA, 商店会, 学校, 事業者, 防犯協会, the city itself and others. */
export const associationKinds = [
	'neighbourhood',
	'pta',
	'shops',
	'school',
	'business',
	'crimePrevention',
	'city',
	'other'
] as const;
export type AssociationKind = (typeof associationKinds)[number];
