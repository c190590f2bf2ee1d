/** Adding up walks: runs, person-times (延べ), distinct people (実) and metres, for the city and for each body. Pure. */
import type { Programme } from './log.ts';

/**
 * Walks that count: of one activity, by the same bodies and the same people of the roster, added up. `personTimes` is everybody who came
 * along; a standing watch has no metres.
 */
export type Walks = {
	programme: Programme;
	runs: number;
	personTimes: number;
	metres: number;
	bodies: readonly string[];
	people: readonly string[];
};

/** With the day it set out. */
export type DatedWalk = Walks & { onDay: string };

/** runs 回数 · personTimes 延べ人数 · people 実人数 (of the roster) · metres */
export type Figures = { runs: number; personTimes: number; people: number; metres: number };

type Tally = Omit<Figures, 'people'> & { people: Set<string> };

function add(to: Map<Programme, Tally>, walks: Walks): void {
	let tally = to.get(walks.programme);
	if (!tally) to.set(walks.programme, (tally = { runs: 0, personTimes: 0, metres: 0, people: new Set() }));
	tally.runs += walks.runs;
	tally.personTimes += walks.personTimes;
	tally.metres += walks.metres;
	for (const person of walks.people) tally.people.add(person);
}

const figures = (tallies: Map<Programme, Tally>): Map<Programme, Figures> =>
	new Map([...tallies].map(([programme, tally]) => [programme, { ...tally, people: tally.people.size }] as const));

export type YearTally = {
	/** A joint patrol is one run here. */
	byProgramme: Map<Programme, Figures>;
	/** Per body: a joint patrol is one run for each body that walked, with everybody who walked. */
	byBody: Map<string, Map<Programme, Figures>>;
	/** 実人数 over several programmes: somebody who walked in two of them is one person, so this is not the sum of the lines. */
	people: (programmes: readonly Programme[]) => number;
};

/** One pass over the walks of a year, which come as they are read. */
export async function tallied(steps: AsyncIterable<readonly Walks[]> | Iterable<readonly Walks[]>): Promise<YearTally> {
	const all = new Map<Programme, Tally>();
	const bodies = new Map<string, Map<Programme, Tally>>();
	for await (const step of steps)
		for (const walks of step) {
			add(all, walks);
			for (const body of walks.bodies) {
				let own = bodies.get(body);
				if (!own) bodies.set(body, (own = new Map()));
				add(own, walks);
			}
		}
	return {
		byProgramme: figures(all),
		byBody: new Map([...bodies].map(([body, own]) => [body, figures(own)] as const)),
		people: (programmes) => new Set(programmes.flatMap((one) => [...(all.get(one)?.people ?? [])])).size
	};
}
