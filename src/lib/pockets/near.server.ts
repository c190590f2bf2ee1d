/** The refuge homes around a place, as far as whoever asks may see them at all. */
import type { Point } from '#lib/map/length.ts';
import type { Box } from '#lib/map/uncovered.ts';
import { reachOf, type Actor } from '#lib/people/permissions.ts';
import type { Reader } from '#lib/server/db/index.ts';
import { seenBy, type Audience, type Seen } from './audience.ts';
import { districtsOf, knownIn } from './views.server.ts';

/** `signs`: what everybody can read over a door there; good for telling the way, whoever gets the paper. */
export type Around = { audience: Audience; seen: Seen[]; signs: { name: string; at: Point }[] };

/**
 * What the actor may see in a box: of the own districts what the own map shows, of others what everybody sees. A home without a
 * place in that view is not in the answer, nor counted in it: how many are hidden in one box and not in the next would tell where.
 * Where the audience is the office, the look is to be written down by the caller (`noteLook`).
 */
export async function seenAround(tx: Reader, actor: Actor, box: Box, publicOnly = false): Promise<Around> {
	const reach = reachOf(actor, 'pocket.map');
	const walked = await districtsOf(tx, reach.associations);
	const audienceIn = (school: string): Audience => {
		if (publicOnly) return 'public';
		if (reach.all) return 'office';
		if (reach.schools.includes(school)) return 'school';
		return walked.includes(school) ? 'district' : 'public';
	};
	const known = await knownIn(tx, actor.municipality, undefined, {
		box,
		shownIn: publicOnly ? [] : reach.all ? undefined : [...reach.schools, ...walked]
	});
	const widest = (['office', 'school', 'district'] as const).find((one) =>
		[...reach.schools, ...walked, ''].some((school) => audienceIn(school) === one)
	);
	return {
		audience: widest ?? 'public',
		seen: known.flatMap((one) => seenBy(audienceIn(one.school), one) ?? []),
		signs: known.flatMap((one) => {
			const { name, lat, lng } = seenBy('public', one) ?? {};
			return name && lat !== undefined && lng !== undefined ? [{ name, at: [lat, lng] as const }] : [];
		})
	};
}
