/** Words for the kinds of outreach and what they are told by, in the reader's language. */
import * as m from '#lib/words/messages.js';
import type { Kind, Place, Sort } from './outreach.ts';

export const kindName = (kind: Kind) =>
	({
		event: m.outreach_event,
		alert: m.outreach_alert,
		material: m.outreach_material,
		badge: m.outreach_badge
	})[kind]();

export const sortName = (sort: Sort) =>
	({
		lecture: m.outreach_sort_lecture,
		council: m.outreach_sort_council,
		gathering: m.outreach_sort_gathering,
		suspicious: m.outreach_sort_suspicious,
		fraud: m.outreach_sort_fraud,
		theft: m.outreach_sort_theft,
		other: m.outreach_sort_other,
		banner: m.outreach_sort_banner,
		flag: m.outreach_sort_flag,
		poster: m.outreach_sort_poster
	})[sort]();

export const placeName = (place: Place) =>
	({
		cityFacility: m.outreach_place_cityFacility,
		publicBody: m.outreach_place_publicBody,
		shops: m.outreach_place_shops,
		elsewhere: m.outreach_place_elsewhere
	})[place]();

export const nameLabel = (kind: Kind) =>
	({
		event: m.outreach_name_event,
		alert: m.outreach_name_alert,
		material: m.outreach_name_material,
		badge: m.outreach_name_badge
	})[kind]();

/** 参加者数 of an event, 数量 of what is handed out or hung up, with its unit. */
export const countLabel = (kind: Kind) => (kind === 'event' ? m.outreach_count_event() : m.outreach_count_needed());
export const countUnit = (kind: Kind) => (kind === 'event' ? m.outreach_unit_event() : m.outreach_unit_needed());
/** The first day of what hangs for a while, else the day. */
export const dayLabel = (kind: Kind) => (kind === 'material' ? m.outreach_from() : m.outreach_day());
