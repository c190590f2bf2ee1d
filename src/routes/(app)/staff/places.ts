/** Choices of a place for a role: each says its kind, so that one box serves every role. */
type Place = { id: string; name: string };

export const placeOptions = (of: { sections: Place[]; schools: Place[]; associations: Place[] }) => [
	...of.sections.map((one) => ({ value: `section:${one.id}`, label: one.name })),
	...of.schools.map((one) => ({ value: `school:${one.id}`, label: one.name })),
	...of.associations.map((one) => ({ value: `association:${one.id}`, label: one.name }))
];
