/** What each city sets for itself. Everything a city may call or do otherwise is here, never a constant in code. */
export type MunicipalitySettings = {
	/** Name of the refuge programme: カンガルーのポケット, こども110番の家 … */
	pocketName: string;
	/** Name of the city's own patrol cars' crew. */
	cityCarName: string;
	/** Name of the greeting campaign. */
	greetingName: string;
	/** Months of the campaigns, 1–12. */
	campaignMonths: number[];
	map: { tiles: string; attribution: string; lat: number; lng: number; zoom: number };
	/** Phone numbers shown on the home screen. */
	phones: { name: string; number: string }[];
	/** Patrols a month before the log may be sent late, and other small numbers live with their rooms. */
	timeZone: 'Asia/Tokyo';
};
