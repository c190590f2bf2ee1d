/** Was the author in that body at that time? Answered from the server's own history of memberships and roles, never by the phone. */
import { and, eq } from 'drizzle-orm';
import { jstDay } from '#lib/calendar/day.ts';
import { grantsOf } from '#lib/people/grants.server.ts';
import { staffRoles, type Grant } from '#lib/people/permissions.ts';
import { association, school, section } from '#lib/people/tables.server.ts';
import type { Reader } from '#lib/server/db/index.ts';
import type { Body } from './protocol.ts';

type Who = { municipality: string; person: string };

/** Asks once per person, day and body, however many ops a push holds. */
export function standing(reader: Reader) {
	const grants = new Map<string, Promise<Grant[]>>();
	return async (who: Who, body: Body, at: Date): Promise<boolean> => {
		const day = jstDay(at);
		const key = `${who.person} ${day}`;
		let held = grants.get(key);
		if (!held) grants.set(key, (held = grantsOf(reader, who.municipality, who.person, day)));
		return stands(reader, who, body, await held);
	};
}

async function stands(reader: Reader, who: Who, body: Body, grants: Grant[]): Promise<boolean> {
	const staff = grants.filter((grant) => staffRoles.includes(grant.role));
	if (body.type === 'association') {
		if (grants.some((grant) => grant.association === body.id)) return true;
		// The city's clerks stand for the city's own body.
		if (staff.length === 0) return false;
		const [found] = await reader
			.select({ kind: association.kind })
			.from(association)
			.where(and(eq(association.id, body.id), eq(association.municipality, who.municipality)));
		return found?.kind === 'city';
	}
	if (body.type === 'section') {
		if (staff.some((grant) => grant.section === body.id)) return true;
		// A clerk whose role is of the whole municipality stands for the section of that name.
		const [found] = await reader
			.select({ code: section.code })
			.from(section)
			.where(and(eq(section.id, body.id), eq(section.municipality, who.municipality)));
		return found !== undefined && staff.some((grant) => !grant.section && grant.role === found.code);
	}
	if (body.type === 'school') {
		const [found] = await reader
			.select({ id: school.id })
			.from(school)
			.where(and(eq(school.id, body.id), eq(school.municipality, who.municipality)));
		return found !== undefined && grants.some((grant) => grant.school === body.id);
	}
	// A refuge home belongs to the register; its room decides who may act for it when it registers its ops.
	return staff.some((grant) => grant.role === 'guidance') || grants.some((grant) => grant.role === 'school');
}
