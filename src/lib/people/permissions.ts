/**
 * One table: role × action × reach. Verbs ask it, pages ask it which buttons to show, the gates of the routes ask it first.
 * What is not written here is not allowed. Pure: runs in page, server and test.
 */
export const roles = ['volunteer', 'leader', 'school', 'safety', 'guidance', 'officer', 'approver', 'admin'] as const;
export type Role = (typeof roles)[number];

/**
 * What a person can hold at sign-in: a stored role, or `pastLeader`, which is never stored. It follows from a leader's role that
 * ended by its date on 31 March: until a successor has accepted, at most until 31 May, its holder may still confirm, receive and
 * report for the year that ended.
 */
export type Held = Role | 'pastLeader';

/** How far a role goes: itself, its association, its section, its school district, or the whole municipality. */
export type Reach = 'self' | 'association' | 'section' | 'district' | 'municipality';

const everyone = {
	volunteer: 'self',
	leader: 'self',
	pastLeader: 'self',
	school: 'self',
	safety: 'self',
	guidance: 'self',
	officer: 'self',
	approver: 'self',
	admin: 'self'
} as const;

/** action → role → reach. One action a line, by room. */
export const permissions = {
	// people
	'home.see': everyone,
	'sync.send': everyone,
	'sync.handIn': { ...everyone, leader: 'association', safety: 'municipality', admin: 'municipality' },
	'sync.seeDevices': { leader: 'association', safety: 'municipality', admin: 'municipality' },
	'self.edit': everyone,
	'roster.see': { volunteer: 'association', leader: 'association', safety: 'municipality', admin: 'municipality' },
	'roster.edit': { leader: 'association', admin: 'municipality' },
	'phone.see': { leader: 'association', admin: 'municipality' },
	'invite.make': { leader: 'association', admin: 'municipality' },
	'role.handOver': { leader: 'association', pastLeader: 'association' },
	'association.see': {
		leader: 'association',
		school: 'district',
		safety: 'municipality',
		approver: 'municipality',
		admin: 'municipality'
	},
	'association.edit': { safety: 'municipality', admin: 'municipality' },
	'staff.edit': { admin: 'municipality' },
	'settings.edit': { admin: 'municipality' },
	// watches
	'shift.see': {
		volunteer: 'association',
		leader: 'association',
		school: 'district',
		safety: 'municipality',
		approver: 'municipality'
	},
	'shift.join': { volunteer: 'association', leader: 'association' },
	'shift.edit': { leader: 'association', safety: 'municipality' },
	// Where a school route lacks open refuge homes or people.
	'gap.see': {
		leader: 'association',
		school: 'district',
		safety: 'municipality',
		guidance: 'municipality'
	},
	'campaign.edit': { safety: 'municipality' },
	'closedDay.edit': { school: 'district', safety: 'municipality', admin: 'municipality' },
	// patrols
	'patrol.record': { volunteer: 'association', leader: 'association', safety: 'municipality' },
	'patrol.see': {
		volunteer: 'association',
		leader: 'association',
		pastLeader: 'association',
		safety: 'municipality',
		approver: 'municipality'
	},
	'patrol.enterForOthers': { leader: 'association', safety: 'municipality' },
	'patrol.confirm': { leader: 'association', pastLeader: 'association', safety: 'municipality' },
	'vehicle.edit': { safety: 'municipality' },
	'finding.see': {
		volunteer: 'association',
		leader: 'association',
		safety: 'municipality',
		officer: 'section',
		approver: 'municipality'
	},
	'finding.answer': { safety: 'municipality', officer: 'section' },
	// equipment
	'stock.see': { safety: 'municipality', approver: 'municipality' },
	'stock.edit': { safety: 'municipality' },
	'policy.edit': { safety: 'municipality' },
	'request.see': { leader: 'association', safety: 'municipality', approver: 'municipality' },
	'request.make': { leader: 'association' },
	'request.prepare': { safety: 'municipality' },
	'request.decide': { approver: 'municipality' },
	// The page of the decision: who opens it may decide, or only where the city lets one person do both.
	'request.settle': { safety: 'municipality', approver: 'municipality' },
	'request.handOver': { safety: 'municipality' },
	'usage.see': {
		leader: 'association',
		pastLeader: 'association',
		safety: 'municipality',
		approver: 'municipality'
	},
	'usage.report': { leader: 'association', pastLeader: 'association' },
	// pockets
	'pocket.see': { guidance: 'municipality' },
	'pocket.edit': { guidance: 'municipality' },
	'pocket.count': {
		safety: 'municipality',
		guidance: 'municipality',
		officer: 'municipality',
		approver: 'municipality',
		admin: 'municipality'
	},
	'pocket.apply': { leader: 'association', school: 'district', guidance: 'municipality' },
	// 継続確認: who goes round and asks at the doors that may be shown to them; the office has its own list.
	'pocket.ask': { leader: 'association', school: 'district' },
	'pocket.map': {
		volunteer: 'association',
		leader: 'association',
		school: 'district',
		guidance: 'municipality'
	},
	// A child ran in: whoever is here may tell it, the guidance office alone reads it.
	'runIn.report': everyone,
	'runIn.see': { guidance: 'municipality' },
	// outreach
	'outreach.see': {
		safety: 'municipality',
		guidance: 'municipality',
		officer: 'municipality',
		approver: 'municipality',
		admin: 'municipality'
	},
	'outreach.edit': { safety: 'municipality' },
	// reports
	'measure.see': {
		safety: 'municipality',
		guidance: 'municipality',
		officer: 'municipality',
		approver: 'municipality',
		admin: 'municipality'
	},
	'measure.edit': { safety: 'municipality', admin: 'municipality' },
	// 年度締め: whoever answers for the table closes it; what was published is counted again by who decides.
	'year.see': { safety: 'municipality', approver: 'municipality' },
	'year.close': { safety: 'municipality' },
	'year.recount': { approver: 'municipality' },
	'cell.edit': { safety: 'section', guidance: 'section', officer: 'section' },
	// 総会資料: the year of one body, for its assembly.
	'bodySheet.see': {
		leader: 'association',
		pastLeader: 'association',
		safety: 'municipality',
		approver: 'municipality',
		admin: 'municipality'
	},
	// 活動証明書: the hours of one volunteer, for themself, and from the leader of their body.
	'certificate.own': everyone,
	'certificate.issue': { leader: 'association', pastLeader: 'association' },
	'figures.see': {
		leader: 'association',
		pastLeader: 'association',
		safety: 'municipality',
		guidance: 'municipality',
		officer: 'municipality',
		approver: 'municipality',
		admin: 'municipality'
	}
} as const satisfies Record<string, Partial<Record<Held, Reach>>>;

export type Action = keyof typeof permissions;

/** A role this person holds now, with what it reaches. `upTo`: only for things of days up to this one (a past leader). */
export type Grant = {
	role: Held;
	association?: string;
	section?: string;
	school?: string;
	untilOn?: string;
	upTo?: string;
};

/** The signed-in person, as every verb and read receives it. */
export type Actor = { municipality: string; person: string; name: string; grants: readonly Grant[] };

/** Where a thing belongs, and its day where that matters. A thing of nobody in particular is `{}`: only municipality-wide reach touches it. */
export type Target = { person?: string; association?: string; section?: string; school?: string; on?: string };

/** What the actor's roles reach for an action; reads turn it into their WHERE. `past`: only things of days up to `upTo`. */
export type Reached = {
	all: boolean;
	self: boolean;
	associations: string[];
	sections: string[];
	schools: string[];
	past: { association: string; upTo: string }[];
};

/** Collects the reach of all roles of the actor for one action. Nothing reached = not allowed. */
export function reachOf(actor: Actor, action: Action): Reached {
	const reached: Reached = { all: false, self: false, associations: [], sections: [], schools: [], past: [] };
	const row: Partial<Record<Held, Reach>> = permissions[action];
	for (const grant of actor.grants) {
		const reach = row[grant.role];
		if (reach === 'municipality') reached.all = true;
		else if (reach === 'self') reached.self = true;
		else if (reach === 'association' && grant.association) {
			if (grant.upTo) reached.past.push({ association: grant.association, upTo: grant.upTo });
			else reached.associations.push(grant.association);
		} else if (reach === 'section' && grant.section) reached.sections.push(grant.section);
		else if (reach === 'district' && grant.school) reached.schools.push(grant.school);
	}
	return reached;
}

/** May the actor do this at all, to anything? Gates and menus ask it. */
export function may(actor: Actor, action: Action): boolean {
	const r = reachOf(actor, action);
	return r.all || r.self || r.associations.length + r.sections.length + r.schools.length + r.past.length > 0;
}

/** May the actor do this to that thing? Things of another municipality must not get as far as here. */
export function can(actor: Actor, action: Action, target: Target): boolean {
	const r = reachOf(actor, action);
	return (
		r.all ||
		(r.self && target.person === actor.person) ||
		(target.association !== undefined && r.associations.includes(target.association)) ||
		(target.section !== undefined && r.sections.includes(target.section)) ||
		(target.school !== undefined && r.schools.includes(target.school)) ||
		// A past leader: only where the thing tells its day, and that day is of the old year.
		r.past.some((one) => one.association === target.association && target.on !== undefined && target.on <= one.upTo)
	);
}

/** Staff of the city: short sessions and a second factor. */
export const staffRoles: readonly Held[] = ['safety', 'guidance', 'officer', 'approver', 'admin'];
export const isStaff = (actor: Actor) => actor.grants.some((grant) => staffRoles.includes(grant.role));
