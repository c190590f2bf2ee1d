/** The rules of the city in words, with the numbers behind them. Static calls, so unused ones fall away. */
import * as m from '#lib/words/messages.js';
import type { Check, Remaining } from './policy.ts';

/** One decimal, cut off: 1.96 a month must not read as the 2.0 that it is short of. */
const tenths = (value: number) => String(Math.floor(value * 10 + 1e-9) / 10);
const percent = (share: number) => tenths(share * 100);
/** `05-31` as a day of no particular year. */
const ofAnyYear = (monthDay: string) =>
	m.requests_month_day({ month: Number(monthDay.slice(0, 2)), day: Number(monthDay.slice(3)) });

/** One rule and what was found, as one line. `day` puts a day into words. */
export function checkWords(check: Check, day: (day: string) => string): string {
	switch (check.rule) {
		case 'registered':
			return m.requests_rule_registered();
		case 'members':
			return check.have === null
				? m.requests_rule_members_unknown({ need: check.need })
				: m.requests_rule_members({ have: check.have, need: check.need });
		case 'patrols':
			return m.requests_rule_patrols({
				have: tenths(check.have),
				need: tenths(check.need),
				months: check.months,
				walked: check.walked
			});
		case 'residents': {
			const need = percent(check.need);
			if (check.have === null) return m.requests_rule_residents_unknown({ need });
			const have = percent(check.have);
			return check.more ? m.requests_rule_residents_more({ have, need }) : m.requests_rule_residents({ have, need });
		}
		case 'window':
			return m.requests_rule_window({ from: ofAnyYear(check.from), to: ofAnyYear(check.to) });
		case 'coolDown':
			return check.fine ? m.requests_rule_cool_down() : m.requests_rule_cool_down_until({ day: day(check.again) });
		case 'points':
			return m.requests_rule_points({ have: check.have, need: check.need });
	}
}

/** How many may still be asked for: あと12着まで（年度の上限20着）. Empty where no rule limits it. */
export function remainingWords(remaining: Remaining, unit: string): string {
	if (!remaining) return '';
	const left = `${remaining.left}${unit}`;
	const cap = `${remaining.cap}${unit}`;
	if (remaining.by === 'perRequest') return m.requests_left_per_request({ cap });
	return remaining.by === 'perFiscalYear'
		? m.requests_left_per_year({ left, cap })
		: m.requests_left_ever({ left, cap });
}
