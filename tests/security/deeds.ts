/**
 * Every form that a leader may send, with input that is right in itself: what is answered then tells about the object alone.
 * `of`: the kind of thing it is done to. `own`: which of the own things it is done to to show that the input is right, in this
 * order; left out where nothing of one's own can be had. `foreign`: the answer for what is somebody else's, 404 unless it says so.
 */
import { addDays, jstDay } from '#lib/calendar/day.ts';
import { fiscalYearOf } from '#lib/calendar/fiscal-year.ts';
import { newId } from '#lib/server/db/ids.ts';
import { equipmentDeeds } from './equipmentDeeds.ts';
import { pocketDeeds } from './pocketDeeds.ts';
import { honcho, type Kind, type Things } from './things.ts';

type Fields = Record<string, string | number>;
export type Deed = {
	door: string;
	of: Kind;
	to: (id: string, things: Things) => string;
	body?: (id: string, things: Things) => Fields;
	own?: number;
	foreign?: 303;
};

const today = jstDay(new Date());
const kept = new WeakMap<Things, Map<Kind, string[]>>();
/** The n-th thing of one's own body, as it was when the kind was first asked for: a deed done may not move the others up. */
export function own(things: Things, kind: Kind, n = 0): string {
	const kinds = kept.get(things) ?? new Map<Kind, string[]>();
	kept.set(things, kinds);
	const all = kinds.get(kind) ?? things.of(kind, { bodies: honcho });
	kinds.set(kind, all);
	if (all[n] === undefined) throw new Error(`the town has only ${all.length} of ${kind}`);
	return all[n];
}
const member = (things: Things, n: number) => things.personOf(own(things, 'member', n));
const person = { name: '試験 太郎', kana: 'しけん たろう', phone: '', duty: '' };
const watch = { programme: 'volunteerPatrol', capacity: 3, minimum: 1 };
const walk = {
	programme: 'volunteerPatrol',
	departed: '19:30',
	finished: '20:20',
	method: 'foot',
	km: '1.5',
	kmFrom: 'estimate',
	residents: 2
};
const rule = { ...watch, startOn: today, endOn: addDays(today, 20), from6: '19:30', to6: '20:30' };

const shift = (door: string, body?: Deed['body'], query = ''): Deed => ({
	door: `/(app)/shifts/[id] ${door}`,
	of: 'shift',
	own: 0,
	to: (id) => `/shifts/${id}?${query}/${door}`,
	...(body && { body })
});
const agenda = (door: string, more: Fields = {}): Deed => ({
	door: `/(app)/shifts ${door}`,
	of: 'shift',
	own: 0,
	to: () => `/shifts?/${door}`,
	body: (id) => ({ id, ...more })
});
const log = (door: string, n: number, body?: Deed['body']): Deed => ({
	door: `/(app)/patrols/[id] ${door}`,
	of: 'log',
	own: n,
	to: (id) => `/patrols/${id}?/${door}`,
	...(body && { body })
});
/** About two logs: the other one is somebody else's. */
const withOther = (door: string): Deed => ({
	door: `/(app)/patrols/[id] ${door}`,
	of: 'log',
	to: (_, things) => `/patrols/${own(things, 'log', 2)}?/${door}`,
	body: (other) => ({ other })
});
const membership = (door: string, n: number, body?: Deed['body']): Deed => ({
	door: `/(app)/members/[membership] ${door}`,
	of: 'member',
	own: n,
	to: (id) => `/members/${id}?/${door}`,
	...(body && { body })
});
const phone = (door: string): Deed => ({
	door: `/(app)/phones ${door}`,
	of: 'phone',
	own: 0,
	to: () => `/phones?/${door}`,
	body: (device, things) => ({ device, epoch: things.epochOf(device) })
});
/** Read marks fall on one's own only: the answer is that of an empty list. */
const read = (of: Kind): Deed => ({
	door: '/(app)/notices read',
	of,
	to: () => '/notices?/read',
	body: (id) => ({ 'ids[]': id }),
	foreign: 303
});
const seen = (id: string, things: Things) => ({ seen: things.latest(id) });

export const deeds: readonly Deed[] = [
	...equipmentDeeds,
	...pocketDeeds,
	{ door: '/(app)/devices remove', of: 'device', to: () => '/devices?/remove', body: (id) => ({ id }) },
	{ door: '/(app)/devices withdraw', of: 'consent', to: () => '/devices?/withdraw', body: (id) => ({ id }) },
	{ door: '/(app)/devices leave', of: 'theirMembership', to: () => '/devices?/leave', body: (id) => ({ id }) },
	{
		door: '/(app)/pockets/visits answer',
		of: 'hiddenPocket',
		to: () => '/pockets/visits?/answer',
		body: (pocket) => ({ id: newId(), pocket, result: 'stays', words: '' })
	},
	read('notice'),
	read('equipmentNotice'),
	{ door: '/(app)/offers/[offer] accept', of: 'offer', to: (id) => `/offers/${id}?/accept` },
	{ door: '/(app)/offers/[offer] decline', of: 'offer', to: (id) => `/offers/${id}?/decline` },
	{
		door: '/(app)/members/handover withdraw',
		of: 'offer',
		own: 0,
		to: () => `/members/handover?of=${honcho[0]}&/withdraw`,
		body: (offer) => ({ offer })
	},
	{
		door: '/(app)/members/handover offer',
		of: 'association',
		own: 0,
		to: (id) => `/members/handover?of=${id}&/offer`,
		body: (_, things) => ({ successor: member(things, 0), fromOn: addDays(today, 1) })
	},
	agenda('join'),
	agenda('leave'),
	agenda('undo', { did: 'left' }),
	shift('leave'),
	shift('undo', undefined, 'of=leave&'),
	shift('standIn', (_, things) => ({ person: member(things, 0) })),
	shift('join'),
	shift('enter', (_, things) => ({ person: member(things, 1) })),
	shift('takeOff', (_, things) => ({ person: member(things, 1) })),
	{
		door: '/(app)/shifts/[id]/cancel default',
		of: 'shift',
		own: 1,
		to: (id) => `/shifts/${id}/cancel`,
		body: () => ({ reason: 'storm' })
	},
	{
		...shift('attend', (id, things) => ({ [`came-${things.seatIn(id)}`]: 'present' })),
		of: 'pastShift'
	},
	{
		door: '/(app)/watches/new default',
		of: 'place',
		own: 0,
		to: () => '/watches/new',
		body: (place) => ({ ...watch, place, onDay: addDays(today, 3), from: '19:30', to: '20:30', note: '' })
	},
	{
		door: '/(app)/watches/rules/new default',
		of: 'place',
		own: 0,
		to: () => '/watches/rules/new',
		body: (place) => ({ ...rule, place })
	},
	{
		door: '/(app)/watches/rules/[id] change',
		of: 'rule',
		own: 0,
		to: (id) => `/watches/rules/${id}?/change`,
		body: (_, things) => ({ ...rule, place: own(things, 'place') })
	},
	{ door: '/(app)/watches/rules/[id] end', of: 'rule', own: 0, to: (id) => `/watches/rules/${id}?/end` },
	{
		door: '/(app)/watches/places/new default',
		of: 'association',
		own: 0,
		to: () => '/watches/places/new',
		body: (association) => ({ association, kind: 'post', name: '試験の角', line: '35.7,139.5' })
	},
	{
		door: '/(app)/watches/places/[id] change',
		of: 'place',
		own: 1,
		to: (id) => `/watches/places/${id}?/change`,
		body: () => ({ association: honcho[0]!, kind: 'post', name: '試験の辻', line: '35.7,139.5' })
	},
	{ door: '/(app)/watches/places/[id] end', of: 'place', own: 1, to: (id) => `/watches/places/${id}?/end` },
	{
		door: '/(app)/patrols confirm',
		of: 'log',
		own: 1,
		to: () => '/patrols?/confirm',
		body: (id, things) => ({ 'log[]': `${id}.${things.latest(id)}` })
	},
	{
		door: '/(app)/patrols/new default',
		of: 'association',
		own: 0,
		to: () => '/patrols/new',
		body: (association) => ({ ...walk, association, on: addDays(today, -1) })
	},
	{
		door: '/(app)/patrols/[id]/correction default',
		of: 'log',
		own: 0,
		to: (id) => `/patrols/${id}/correction`,
		body: (id, things) => ({
			...{ ...walk, ...seen(id, things), association: honcho[0]! },
			...{ on: things.dayOf(id), reason: '距離の入れまちがい' }
		})
	},
	log('sendBack', 3, (id, things) => ({ ...seen(id, things), reason: '時刻を確かめてください' })),
	withOther('merge'),
	withOther('apart'),
	withOther('undoMerge'),
	log('merge', 2, (_, things) => ({ other: own(things, 'log', 0) })),
	log('undoMerge', 2, (_, things) => ({ other: own(things, 'log', 0) })),
	log('apart', 2, (_, things) => ({ other: own(things, 'log', 0) })),
	log('confirm', 2, seen),
	log('withdraw', 0, () => ({ why: '二重に記録した' })),
	phone('stop'),
	phone('letIn'),
	phone('lost'),
	membership('edit', 2, () => person),
	membership('invite', 2),
	membership('revoke', 2),
	membership('end', 2, () => ({ reason: 'moved' })),
	// Who was handed nothing this year owes no report: what is accepted is tried by its own journey.
	{
		door: '/(app)/equipment/usage/[fiscalYear] report',
		of: 'association',
		to: () => `/equipment/usage/${fiscalYearOf(today)}?/report`,
		body: (association) => ({ association, words: '夜の見守りで使いました' })
	},
	{
		door: '/(app)/members add',
		of: 'association',
		own: 0,
		to: (id) => `/members?of=${id}&/add`,
		body: () => ({ ...person, name: '試験 花子' })
	}
];

/** Forms about nobody's thing but one's own account; and the file of a phone, which names its people itself and is asked about them as it is opened. */
export const selfish: readonly string[] = [
	'/(app)/devices password',
	'/(app)/notices/receiving address',
	'/(app)/notices/receiving confirm',
	'/(app)/notices/receiving forget',
	'/(app)/notices/receiving trial',
	'/(app)/notices/receiving addPush',
	'/(app)/notices/receiving removePush',
	'/(app)/notices/receiving renewPush',
	'/(app)/calendar make',
	'/(app)/calendar revoke',
	'/(app)/rescue default'
];

export const bodyOf = (fields: Fields = {}): string =>
	new URLSearchParams(Object.entries(fields).map(([key, value]) => [key, String(value)])).toString();
