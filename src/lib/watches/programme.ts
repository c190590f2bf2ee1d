/**
 * What an activity is for (事業の区分). It tags every shift and every log and decides which figure of the year it feeds,
 * so volunteer kilometres never reach the city cars' line. Pure. The names on screen are words: `watches_programme_…`.
 */
export const programmes = [
	/** 市の青色防犯パトロール車 */
	'cityCar',
	/** 青パトの登校パトロール, weekly */
	'cityCarSchool',
	/** 町会・自治会等の防犯パトロール */
	'volunteerPatrol',
	/** 登下校見守り・旗当番 */
	'schoolWatch',
	/** あいさつ運動 */
	'greeting',
	/** 合同パトロール: once for the city, once for each body */
	'joint',
	/** 事業者の見守り */
	'business',
	/** ながら見守り */
	'nagara'
] as const;
export type Programme = (typeof programmes)[number];

/** Only the city's own cars count as 青パト runs. */
export const isCityCar = (programme: Programme) => programme === 'cityCar' || programme === 'cityCarSchool';

/** Programmes an association may put on its duty sheet; the cars are the city's. */
export const associationProgrammes = programmes.filter((one) => !isCityCar(one));
