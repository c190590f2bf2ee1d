/** Adding up walks: runs, person-times (延べ), distinct people (実) and metres, for the city and for each body. Pure. */
import type { Programme } from './log.ts';

/** A walk that counts. `people` are those of the roster; `headcount` is everybody who came along. Metres are null for a standing watch. */
export type Walk = {
	programme: Programme;
	headcount: number;
	metres: number | null;
	bodies: readonly string[];
	people: readonly string[];
};

/** runs 回数 · personTimes 延べ人数 · people 実人数 (of the roster) · metres */
export type Figures = { runs: number; personTimes: number; people: number; metres: number };

type Tally = Omit<Figures, 'people'> & { people: Set<string> };

function add(to: Map<Programme, Tally>, walk: Walk): void {
	let tally = to.get(walk.programme);
	if (!tally) to.set(walk.programme, (tally = { runs: 0, personTimes: 0, metres: 0, people: new Set() }));
	tally.runs++;
	tally.personTimes += walk.headcount;
	tally.metres += walk.metres ?? 0;
	for (const person of walk.people) tally.people.add(person);
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

/** One pass over the walks of a year. */
export function tallied(walks: Iterable<Walk>): YearTally {
	const all = new Map<Programme, Tally>();
	const bodies = new Map<string, Map<Programme, Tally>>();
	for (const walk of walks) {
		add(all, walk);
		for (const body of walk.bodies) {
			let own = bodies.get(body);
			if (!own) bodies.set(body, (own = new Map()));
			add(own, walk);
		}
	}
	return {
		byProgramme: figures(all),
		byBody: new Map([...bodies].map(([body, own]) => [body, figures(own)] as const)),
		people: (programmes) => new Set(programmes.flatMap((one) => [...(all.get(one)?.people ?? [])])).size
	};
}
