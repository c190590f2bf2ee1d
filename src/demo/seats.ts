/** Who has promised to come, the same on every machine. */
import { addDays, instantOf } from '#lib/calendar/day.ts';
import type { Tx } from '#lib/server/db/index.ts';
import { attendance, notice, signUp, signUpEnding, type Shift } from '#lib/watches/tables.server.ts';
import { demoId } from './ids.ts';
import { demoPlaces } from './places.ts';
import { demoPeople, town } from './town.ts';

/** A shift about to be seeded, and who took its seats. */
export type Filled = Omit<Shift, 'campaign' | 'note' | 'createdBy'> & { people?: string[] };

const of = town.municipality;
type Someone = { id: string; of?: readonly string[] };
const membersOf = (body: string): string[] =>
	(Object.values(demoPeople) as Someone[])
		.filter((one) => one.of?.some((key) => town.associations[key as keyof typeof town.associations] === body))
		.map((one) => one.id);

/** How many come: past watches were manned, near ones nearly, far ones are still open. */
function wanted(one: Filled, n: number, today: string): number {
	if (one.onDay < today) return n % 11 === 0 ? 1 : one.minimum + (n % 2);
	if (one.onDay <= addDays(today, 7)) return n % 4 === 0 ? one.minimum - 1 : one.minimum;
	if (one.onDay <= addDays(today, 21)) return n % 3 === 0 ? 1 : 0;
	return 0;
}

/** Takes the seats of the shifts by turns, notes who came, and lets one person of the leader's body be unable to come. */
export async function fillSeats(tx: Tx, shifts: Filled[], today: string): Promise<void> {
	const seats: (typeof signUp.$inferInsert)[] = [];
	const came: (typeof attendance.$inferInsert)[] = [];
	const mornings = shifts.filter((one) => one.place === demoPlaces.honchoCrossing.id);
	const first = (place: string) => shifts.find((one) => one.place === place && one.onDay > today);
	// Every demo person who walks finds a watch of their own on the home screen.
	const promised = new Map<string | undefined, string[]>([
		[first(demoPlaces.honchoCrossing.id)?.id, [town.people.volunteer, town.people.tanaka]],
		[first(demoPlaces.honchoNight.id)?.id, [town.people.leader, town.people.volunteer, town.people.sasaki]],
		// The watch that `seedStorm` calls off: she has it crossed out in her calendar.
		[mornings.findLast((one) => one.onDay < today)?.id, [town.people.volunteer, town.people.sasaki]],
		[first(demoPlaces.cityNorth.id)?.id, [town.people.safety, town.people.crewOne]]
	]);
	for (const [n, one] of shifts.entries()) {
		const members = membersOf(one.association);
		const turn = members.map((_, k) => members[(k + n) % members.length]!);
		const people = promised.get(one.id) ?? turn.slice(0, Math.min(wanted(one, n, today), one.capacity));
		one.people = people;
		for (const [k, person] of people.entries()) {
			const id = demoId('watches', 6, seats.length + 1);
			const at = instantOf(addDays(one.onDay < today ? one.onDay : today, -3), '20:00');
			// 森さん has no phone: the班長 writes her name in.
			const by = person === town.people.mori ? town.people.yoshida : person;
			seats.push({ id, municipality: of, shift: one.id, person, seat: k + 1, kind: 'own', by, at });
			if (one.onDay < today)
				came.push({
					signUp: id,
					municipality: of,
					result: n % 17 === 5 && k > 0 ? 'excused' : 'present',
					by: town.people.leader,
					at: one.endsAt
				});
		}
	}
	for (let n = 0; n < seats.length; n += 200) await tx.insert(signUp).values(seats.slice(n, n + 200));
	for (let n = 0; n < came.length; n += 200) await tx.insert(attendance).values(came.slice(n, n + 200));
	await seedHelpWanted(tx, shifts, today);
}

/** 渡邉さん cannot come to a watch of the coming days; the leader is asked for help. */
async function seedHelpWanted(tx: Tx, shifts: readonly Filled[], today: string): Promise<void> {
	const coming = shifts.filter((one) => one.place === demoPlaces.honchoCrossing.id && one.onDay > addDays(today, 1));
	const one = coming.find(
		(shift) => !shift.people?.includes(town.people.watanabe) && (shift.people?.length ?? 0) < shift.minimum
	);
	if (!one) return;
	const at = instantOf(addDays(today, -1), '19:10');
	const id = demoId('watches', 7, 1);
	const row = {
		id,
		municipality: of,
		shift: one.id,
		person: town.people.watanabe,
		by: town.people.watanabe,
		kind: 'own' as const
	};
	await tx
		.insert(signUp)
		.values({ ...row, seat: one.capacity, at: instantOf(addDays(today, -4), '19:00'), endedAt: at });
	await tx
		.insert(signUpEnding)
		.values({ signUp: id, municipality: of, reason: 'cannotCome', by: town.people.watanabe, at });
	for (const [n, person] of [town.people.leader, town.people.volunteer].entries())
		await tx.insert(notice).values({
			id: demoId('watches', 7, n + 1),
			municipality: of,
			person,
			kind: 'helpWanted',
			shift: one.id,
			about: town.people.watanabe,
			at
		});
}
