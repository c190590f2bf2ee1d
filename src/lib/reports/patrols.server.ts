/** The patrols' part of the yearly report: the lines the city prints, every activity, every body. Asked of the rows each time. */
import type { Actor } from '#lib/people/permissions.ts';
import {
	byAssociation,
	byProgramme,
	carsOf,
	distinctPeople,
	schoolRunWeekdays,
	type BodyFigures,
	type Figures
} from '#lib/patrols/figures.server.ts';
import { isCityCar, programmes, type Programme } from '#lib/patrols/log.ts';
import { reachOf } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';

/** What the city's own cars did, and what everybody else did: two sums that are never added up. */
const groups = {
	city: programmes.filter(isCityCar),
	bodies: programmes.filter((one) => !isCityCar(one))
};
export type Line = Figures & { programme: Programme };
export type Group = { programmes: readonly Programme[]; lines: Line[]; total: Figures };

async function group(
	tx: Reader,
	actor: Actor,
	fiscalYear: number,
	all: Map<Programme, Figures>,
	of: readonly Programme[]
): Promise<Group> {
	const lines = of.flatMap((programme) => {
		const figures = all.get(programme);
		return figures ? [{ programme, ...figures }] : [];
	});
	const sum = (of: 'runs' | 'personTimes' | 'metres') => lines.reduce((total, line) => total + line[of], 0);
	const people = await distinctPeople(tx, actor, fiscalYear, of);
	return {
		programmes: of,
		lines,
		total: { runs: sum('runs'), personTimes: sum('personTimes'), metres: sum('metres'), people }
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
	const all = await byProgramme(tx, actor, fiscalYear);
	const whole = reachOf(actor, 'figures.see').all;
	return {
		city: whole
			? {
					...(await group(tx, actor, fiscalYear, all, groups.city)),
					cars: (await carsOf(tx, actor.municipality, fiscalYear)).length,
					weekdays: await schoolRunWeekdays(tx, actor.municipality, fiscalYear)
				}
			: null,
		bodies: await group(tx, actor, fiscalYear, all, groups.bodies),
		byBody: await byAssociation(tx, actor, fiscalYear)
	};
}
