/**
 * Public holidays of Japan. The list weighs 500 kB, so the phone never loads it: whoever needs a holiday there sends its name along.
 */
import holidayJp from '@holiday-jp/holiday_jp';

const holidays: Record<string, { name: string; name_en: string } | undefined> = holidayJp.holidays;

/** The name of the public holiday on a day (振替休日 included), or undefined. */
export const holidayName = (day: string, language: 'ja' | 'en' = 'ja'): string | undefined =>
	language === 'ja' ? holidays[day]?.name : holidays[day]?.name_en;

export const isHoliday = (day: string): boolean => holidays[day] !== undefined;
