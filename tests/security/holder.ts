/** Somebody who holds one role, as far as gates ask. */
import type { Actor, Role } from '#lib/people/permissions.ts';

export const holder = (role: Role): Actor => ({
	municipality: 'm',
	person: 'p',
	name: '',
	// The clerk of the safety section drives the city's cars as a member of their crew, and so is a volunteer.
	grants: [role, ...(role === 'safety' ? (['volunteer'] as const) : [])].map((one) => ({
		role: one,
		association: 'a',
		section: 's',
		school: 'd'
	}))
});
