/** The invented town, with fixed ids. Koganei's public names; every person and number is made up. */
import { demoId } from './ids.ts';
import { demoAssociations } from './town/bodies.ts';
import { demoSchools, demoSections } from './town/city.ts';
import { demoPeople } from './town/people.ts';

export { demoAssociations, demoPeople, demoSchools, demoSections };

const ids = <K extends string>(things: Record<K, { id: string }>) =>
	Object.fromEntries(Object.entries<{ id: string }>(things).map(([key, thing]) => [key, thing.id])) as Record<
		K,
		string
	>;

/** The fixed ids: `town.associations.honcho`, `town.people.volunteer`. */
export const town = {
	municipality: demoId('people', 0, 1),
	sections: ids(demoSections),
	schools: ids(demoSchools),
	associations: ids(demoAssociations),
	people: ids(demoPeople)
};

/** Who can be signed in as by one button, in the order of the page. */
export const demoLogins = [
	'volunteer',
	'leader',
	'school',
	'safety',
	'guidance',
	'officer',
	'approver',
	'admin'
] as const;
