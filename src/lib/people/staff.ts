/** Forms about staff, school contacts and first leaders. Runs on both ends. */
import * as z from 'zod/mini';
import { fiscalYearEnd, fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { loginId } from './account.ts';
import { words, wordsOrNone } from './member.ts';
import { roles, type Role } from './permissions.ts';

/** Roles that an administrator gives; a volunteer follows from membership. */
export const givenRoles = roles.filter((role) => role !== 'volunteer') as Exclude<Role, 'volunteer'>[];

/** `section:…`, `school:…`, `association:…` or nothing for the whole municipality. */
export const roleForm = z.object({
	role: z.enum(givenRoles as [Exclude<Role, 'volunteer'>], 'error_choose'),
	place: z.optional(z.string())
});
export const staffForm = z.extend(roleForm, {
	name: words(),
	kana: z.pipe(
		wordsOrNone(80),
		z.transform((text) => text ?? '')
	),
	loginId: loginId()
});
export const disableForm = z.object({ reason: words(100) });

/** Which kind of place a role needs. */
export const placeOf: Record<Exclude<Role, 'volunteer'>, 'association' | 'section' | 'school' | undefined> = {
	leader: 'association',
	school: 'school',
	safety: 'section',
	guidance: 'section',
	officer: 'section',
	approver: 'section',
	admin: undefined
};

/**
 * The last day of a role given on a day: the next 31 March. An administrator's goes on until it is taken: on the first of April
 * nobody could give it again, and the setup link is refused for good.
 */
export const lastDay = (role: Role, from: string) => (role === 'admin' ? NEVER : fiscalYearEnd(fiscalYearOf(from)));
const NEVER = '2999-03-31';
/** Whether a role given until this day ends by its date at all. */
export const endsByDate = (untilOn: string): boolean => untilOn !== NEVER;
