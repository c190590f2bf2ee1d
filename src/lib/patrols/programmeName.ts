/** What the kinds of activity are called. By themselves: the phone's first screen needs no other words of a log. */
import * as m from '#lib/words/messages.js';
import type { Programme } from '#lib/watches/programme.ts';

const programmeWords: Record<Programme, () => string> = {
	schoolWatch: () => m.log_programme_schoolWatch(),
	volunteerPatrol: () => m.log_programme_volunteerPatrol(),
	greeting: () => m.log_programme_greeting(),
	joint: () => m.log_programme_joint(),
	business: () => m.log_programme_business(),
	nagara: () => m.log_programme_nagara(),
	cityCar: () => m.log_programme_cityCar(),
	cityCarSchool: () => m.log_programme_cityCarSchool()
};

/** Name of a kind of activity. */
export const programmeName = (one: Programme): string => programmeWords[one]();
