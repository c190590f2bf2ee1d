import { redirect } from '@sveltejs/kit';
import { words } from '#lib/people/member.ts';
import { endingName, kindName, stateName } from '#lib/pockets/names.ts';
import { toWhom } from '#lib/pockets/registerNames.ts';
import { purposes } from '#lib/pockets/consent.ts';
import { weekdays } from '#lib/pockets/hours.ts';
import { registerSheet } from '#lib/pockets/register.server.ts';
import { filterOf, said } from '#lib/pockets/registerFilter.ts';
import { noteLook } from '#lib/pockets/views.server.ts';
import { weekdayWord } from '#lib/calendar/era.ts';
import { csvAnswer, toCsv } from '#lib/server/csv.ts';
import { transaction } from '#lib/server/db/index.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import * as m from '#lib/words/messages.js';
import { getLocale } from '#lib/words/runtime.js';

const reasons = words(120);

/**
 * The register as it is narrowed, for the office and for a reason: both stand in the trail with the number of homes. Its note stays
 * inside.
 */
export const POST = async (event) => {
	const actor = requireActor(event);
	const { page: _, ...looked } = filterOf(event.url.searchParams);
	const sent = (await event.request.formData()).get('reason');
	const reason = reasons.safeParse(typeof sent === 'string' ? sent : '');
	if (!reason.success) {
		const again = new URLSearchParams(event.url.searchParams);
		again.set('refused', '');
		redirect(303, `/pockets/csv?${again}`);
	}
	const rows = await transaction(async (tx) => {
		const found = await registerSheet(tx, actor, looked);
		await noteLook(tx, actor, 'csv', found.length, { reason: reason.data, ...said(looked) });
		return found;
	});
	const heads = [
		m.register_number(),
		m.register_state(),
		m.register_kind(),
		m.register_name(),
		m.register_kana(),
		m.register_contact(),
		m.register_town(),
		m.register_address_rest(),
		m.register_school(),
		m.register_phone(),
		m.register_lat(),
		m.register_lng(),
		...weekdays.map((day) => m.register_hours_of({ day: weekdayWord(day, getLocale()) })),
		m.register_closed(),
		...purposes.map((purpose) => m.register_agreed({ to: toWhom(purpose) })),
		m.register_plate(),
		m.register_applied_on(),
		m.register_explained_on(),
		m.register_registered_on(),
		m.register_ended_on(),
		m.register_ending(),
		m.register_unconfirmed()
	];
	const table = rows.map((row) => {
		const agreed = row.purposes?.split(',') ?? [];
		return [
			row.number,
			stateName(row.state),
			kindName(row.kind),
			row.name,
			row.kana,
			row.contact,
			row.town,
			row.address,
			row.school,
			row.phone,
			row.lat,
			row.lng,
			...weekdays.map((day) => (row.hours[day] ? `${row.hours[day].from}-${row.hours[day].to}` : null)),
			row.closed,
			...purposes.map((purpose) => (agreed.includes(purpose) ? 1 : 0)),
			row.plates,
			row.appliedOn,
			row.explainedOn,
			row.registeredOn,
			row.endedOn,
			row.ending && endingName(row.ending),
			row.unconfirmed ? 1 : 0
		];
	});
	return csvAnswer('pockets', toCsv(heads, table));
};
