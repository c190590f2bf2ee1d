/**
 * Who may ask for how much (支給基準): the rules of a city as data, and what they say about one body. Cities publish very different
 * ones; each rule is here once and left out where a city does not have it. Pure: `now` and every number behind a rule come in.
 */
import { addDays, daysBetween } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';

/** What a cap is reckoned by: a number, or so many for each 構成員, each one active, or each who walks at once. */
export type Basis = 'fixed' | 'members' | 'activeMembers' | 'peoplePerPatrol';
export type Cap = { basis: Basis; pieces: number };

export type ItemPolicy = {
	perRequest?: Cap;
	perFiscalYear?: Cap;
	/** For all time: once per item, again for new members. Worn-out pieces that are given back do not count where `wornOut` says so. */
	perLifetime?: Cap;
	wornOut?: boolean;
	/** What one piece costs of the budget of points. */
	points?: number;
};

export type Policy = {
	/** Registered with the city (登録団体). */
	registered?: boolean;
	minMembers?: number;
	/** Patrols a month on the average of the last months, from confirmed logs. */
	patrols?: { perMonth: number; overMonths: number };
	/** Residents among the members: `more` than this share, or at least it. */
	residents?: { share: number; more: boolean };
	/** Days of the year in which requests are taken, `MM-DD`, both included. May cross the new year. */
	window?: { from: string; to: string };
	/** Nothing again for so many whole fiscal years, or so many years to the day, after something was handed over. */
	coolDown?: { years: number; of: 'fiscalYears' | 'years' };
	/** A budget: so many points for a body of at least so many members. The last row that fits holds. */
	points?: readonly { fromMembers: number; points: number }[];
	/** 補助金: money is not handed out here; the rule is shown as it is written. */
	money?: string;
	/** Rules of single items by id; `everyItem` for the others. */
	items?: Readonly<Record<string, ItemPolicy>>;
	everyItem?: ItemPolicy;
};

/** What is known of a body on the day it asks. */
export type Facts = {
	today: string;
	registered: boolean;
	/** Null: nobody has entered it. */
	members: number | null;
	residents: number | null;
	/** Members who walked in the last twelve months, and the most who walked at once: from confirmed logs. */
	activeMembers: number;
	peoplePerPatrol: number;
	/** Confirmed patrols of each of the last months, this month last. */
	patrolsByMonth: readonly number[];
	/** When something was last handed over. */
	lastOn: string | null;
	/** Pieces handed over before, by item: in this fiscal year, ever, and given back worn out. */
	had: Readonly<Record<string, { fiscalYear: number; ever: number; wornOut: number }>>;
};

/** One rule with the numbers behind it, for ✓ and ✗. `have` is null when nobody has entered it. */
export type Check =
	| { rule: 'registered'; fine: boolean }
	| { rule: 'members'; fine: boolean; need: number; have: number | null }
	| { rule: 'patrols'; fine: boolean; need: number; months: number; have: number; walked: number }
	| { rule: 'residents'; fine: boolean; need: number; more: boolean; have: number | null }
	| { rule: 'window'; fine: boolean; from: string; to: string }
	| { rule: 'coolDown'; fine: boolean; again: string }
	| { rule: 'points'; fine: boolean; need: number; have: number };

/** What is left of an item: null when no rule limits it. `by` names the tightest rule. */
export type Remaining = { left: number; by: 'perRequest' | 'perFiscalYear' | 'perLifetime'; cap: number } | null;

const itemPolicy = (policy: Policy, item: string): ItemPolicy => policy.items?.[item] ?? policy.everyItem ?? {};

const sizeOf = ({ basis, pieces }: Cap, facts: Facts): number =>
	basis === 'fixed'
		? pieces
		: pieces *
			(basis === 'members'
				? (facts.members ?? 0)
				: basis === 'activeMembers'
					? facts.activeMembers
					: facts.peoplePerPatrol);

/** Does a cap go by who walked? Then it must be counted for a remaining number; everything else of the facts is cheap. */
export const countsWalkers = (policy: Policy): boolean =>
	[...Object.values(policy.items ?? {}), policy.everyItem ?? {}].some((one) =>
		[one.perRequest, one.perFiscalYear, one.perLifetime].some((cap) => cap?.basis === 'activeMembers')
	);

/** How many of an item the body may still ask for. */
export function remainingOf(policy: Policy, facts: Facts, item: string): Remaining {
	const rules = itemPolicy(policy, item);
	const had = facts.had[item] ?? { fiscalYear: 0, ever: 0, wornOut: 0 };
	const used = {
		perRequest: 0,
		perFiscalYear: had.fiscalYear,
		perLifetime: rules.wornOut ? Math.max(0, had.ever - had.wornOut) : had.ever
	};
	const limits = (['perRequest', 'perFiscalYear', 'perLifetime'] as const).flatMap((by) => {
		const cap = rules[by] && sizeOf(rules[by], facts);
		return cap === undefined ? [] : [{ by, cap, left: Math.max(0, cap - used[by]) }];
	});
	return limits.toSorted((a, b) => a.left - b.left)[0] ?? null;
}

/** The budget of points of a body of this size; undefined where the city has none. */
export function budgetOf(policy: Policy, members: number): number | undefined {
	const row = policy.points?.filter((one) => one.fromMembers <= members).at(-1);
	return policy.points && (row?.points ?? 0);
}

/** The first day on which the body may ask again; undefined when it may. */
function askAgainOn(policy: Policy, facts: Facts): string | undefined {
	if (!policy.coolDown || !facts.lastOn) return undefined;
	const { years, of } = policy.coolDown;
	if (of === 'fiscalYears') return `${fiscalYearOf(facts.lastOn) + years + 1}-04-01`;
	const year = String(Number(facts.lastOn.slice(0, 4)) + years);
	// 29 February comes again on 1 March.
	return addDays(
		`${year}${facts.lastOn.slice(4)}`.replace(/-02-29$/, '-02-28'),
		facts.lastOn.endsWith('-02-29') ? 1 : 0
	);
}

const inWindow = ({ from, to }: { from: string; to: string }, today: string): boolean => {
	const day = today.slice(5);
	return from <= to ? from <= day && day <= to : day >= from || day <= to;
};

/** Every rule of the city about this body, and about these lines where the rule is about lines. All fine: it may ask. */
export function check(policy: Policy, facts: Facts, lines: readonly { item: string; pieces: number }[] = []): Check[] {
	const found: Check[] = [];
	const { members, residents } = facts;
	if (policy.registered) found.push({ rule: 'registered', fine: facts.registered });
	if (policy.minMembers !== undefined) {
		const need = policy.minMembers;
		found.push({ rule: 'members', fine: members !== null && members >= need, need, have: members });
	}
	if (policy.patrols) {
		const { perMonth: need, overMonths: months } = policy.patrols;
		const walked = facts.patrolsByMonth.slice(-months).reduce((sum, one) => sum + one, 0);
		// Compared as whole patrols: an average of 1.999… must not come out of rounding.
		found.push({ rule: 'patrols', fine: walked >= need * months, need, months, have: walked / months, walked });
	}
	if (policy.residents) {
		const { share: need, more } = policy.residents;
		const have = members && residents !== null ? residents / members : null;
		found.push({ rule: 'residents', fine: have !== null && (more ? have > need : have >= need), need, more, have });
	}
	if (policy.window) found.push({ rule: 'window', fine: inWindow(policy.window, facts.today), ...policy.window });
	if (policy.coolDown) {
		const again = askAgainOn(policy, facts);
		const fine = again === undefined || daysBetween(again, facts.today) >= 0;
		found.push({ rule: 'coolDown', fine, again: again ?? facts.today });
	}
	const have = budgetOf(policy, members ?? 0);
	if (have !== undefined) {
		const need = lines.reduce((sum, { item, pieces }) => sum + pieces * (itemPolicy(policy, item).points ?? 0), 0);
		found.push({ rule: 'points', fine: need <= have, need, have });
	}
	return found;
}
