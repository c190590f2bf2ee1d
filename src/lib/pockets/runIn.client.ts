/** On whose behalf a phone tells that a child ran in. */
import type { Body } from '#lib/sync/protocol.ts';
import type { Pack } from '#lib/watches/pack.ts';

/** The own association, else whatever body there is, else the school whose contact this person is. */
export function senderOf({ bodies, schools }: Pack): Body | undefined {
	const own = bodies.find((one) => one.type === 'association') ?? bodies[0];
	if (own) return { type: own.type, id: own.id };
	const school = schools?.[0];
	return school && { type: 'school', id: school.id };
}
