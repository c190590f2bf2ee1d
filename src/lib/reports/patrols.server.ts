/** The patrols' part of the yearly report: the lines the city prints, every activity, every body. Asked of the rows each time. */
import type { Actor } from '#lib/people/permissions.ts';
import { carsOf, linesOfBodies, schoolRunWeekdays, tallyOf, type BodyFigures } from '#lib/patrols/figures.server.ts';
import { isCityCar, programmes, type Programme } from '#lib/patrols/log.ts';
import type { Figures, YearTally } from '#lib/patrols/tally.ts';
import { reachOf } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';

/** What the city's own cars did, and what everybody else did: two sums that are never added up. */
const groups = {
	city: programmes.filter(isCityCar),
	bodies: programmes.filter((one) => !isCityCar(one))
};
export type Line = Figures & { programme: Programme };
export type Group = { programmes: readonly Programme[]; lines: Line[]; total: Figures };

function group(year: YearTally, of: readonly Programme[]): Group {
	const lines = of.flatMap((programme) => {
		const figures = year.byProgramme.get(programme);
		return figures ? [{ programme, ...figures }] : [];
	});
	const sum = (of: 'runs' | 'personTimes' | 'metres') => lines.reduce((total, line) => total + line[of], 0);
	return {
		programmes: of,
		lines,
		total: { runs: sum('runs'), personTimes: sum('personTimes'), metres: sum('metres'), people: year.people(of) }
	};
}

export type PatrolYear = {
	/** Null for those who see their own body only: the city's cars are no business of one body. */
	city: (Group & { cars: number; weekdays: number[] }) | null;
	bodies: Group;
	byBody: BodyFigures[];
};

/** The whole part for one fiscal year, as far as the actor's reach goes. */
export async function patrolYear(tx: Reader, actor: Actor, fiscalYear: number): Promise<PatrolYear> {
	const year = await tallyOf(tx, actor, fiscalYear);
	const whole = reachOf(actor, 'figures.see').all;
	return {
		city: whole
			? {
					...group(year, groups.city),
					cars: (await carsOf(tx, actor.municipality, fiscalYear)).length,
					weekdays: await schoolRunWeekdays(tx, actor.municipality, fiscalYear)
				}
			: null,
		bodies: group(year, groups.bodies),
		byBody: await linesOfBodies(tx, actor, year)
	};
}
