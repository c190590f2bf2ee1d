/**
 * The pack: what a phone carries to record a patrol with no network. Own shifts of today and the next 14 days, routes, posts,
 * names of the roster, cars. Made by `pack.server.ts` through the actor, kept encrypted in the phone's store. Types only.
 *
 * It holds names of the person's own bodies, places of the street, and refuge homes as far as their hosts agreed that whoever
 * watches there knows of them. Phone numbers only of hosts who agreed that the school has them, for its contact, while a round of
 * 継続確認 is open.
 */
import type { Pin } from '#lib/pockets/pin.ts';
import type { PackVisits } from '#lib/pockets/visiting.ts';

/** On whose behalf this person may record. `name` as it stands on the log. */
export type PackBody = { type: 'association' | 'section'; id: string; name: string };

export type PackShift = {
	id: string;
	/** Body that keeps it. */
	association: string;
	/** One of `patrols/log.ts#programmes`. */
	programme: string;
	/** 登校見守り, 夜間パトロール … as the leader named it. */
	name: string;
	/** JST day. */
	on: string;
	/** RFC 3339, UTC. */
	startsAt: string;
	endsAt: string;
	route?: string;
	post?: string;
	/** Persons signed up now. */
	people: string[];
	/** This person is one of them. */
	mine: boolean;
	/** Hand-over note of the last log there, or what the leader wants said. */
	note?: string;
};

/** `line` is [longitude, latitude] as in GeoJSON. */
export type PackRoute = { id: string; association: string; name: string; metres: number; line: [number, number][] };
export type PackPost = { id: string; association: string; name: string; lat: number; lng: number };
/** `id` is the person's. Sorted by kana. */
export type PackMember = { id: string; name: string; kana: string; association: string };
export type PackVehicle = { id: string; name: string; /** Last odometer known, whole kilometres. */ odometer?: number };

/** A log of this person that was sent back: the op that brought this version, and what was asked for. */
export type PackSentBack = { version: string; reason: string };

/** A granted request with pieces that lie ready, for whoever hands them over at the store room. */
export type PackHandover = {
	id: string;
	/** 令和6-防資-003. */
	number: string;
	body: string;
	/** Nothing is handed over before. JST day. */
	decidedOn: string;
	lines: { item: string; size: string; name: string; unit: string; mode: 'issue' | 'loan'; pieces: number }[];
};

export type Pack = {
	v: 1;
	/** RFC 3339, the server's clock. */
	madeAt: string;
	person: { id: string; name: string; staff: boolean };
	bodies: PackBody[];
	shifts: PackShift[];
	routes: PackRoute[];
	posts: PackPost[];
	roster: PackMember[];
	/** City cars; empty for those who drive none. */
	vehicles: PackVehicle[];
	/** Empty for those who do not hand over. Absent on a phone that carries an older pack. */
	handovers?: PackHandover[];
	/** Refuge homes of the own districts. Absent on a phone that carries an older pack. */
	pockets?: Pin[];
	/** Doors to ask at, while a round is open and for who goes round. Absent on a phone that carries an older pack. */
	visits?: PackVisits[];
	/** Schools whose contact this person is: no patrol is recorded for them. Absent on a phone that carries an older pack. */
	schools?: { id: string; name: string }[];
	/** Absent on a phone that carries an older pack. */
	sentBack?: PackSentBack[];
	/** Records that went down with an emptied store of this person: at least so many, as of then. */
	lost?: { count: number; knownAt: string }[];
	/** What emergency copies are sealed to. */
	rescueKey?: { id: string; publicKey: string };
	/** Other bodies of the municipality, to name in a joint patrol. */
	partners: { id: string; name: string }[];
	map: { tiles: string; attribution: string; center: [number, number]; zoom: number };
};
