import { error } from '@sveltejs/kit';
import QRCode from 'qrcode';
import { isMonth, jstDay, monthOfDay } from '#lib/calendar/day.ts';
import { holidayName } from '#lib/calendar/holidays.server.ts';
import { db } from '#lib/server/db/index.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { requireActor } from '#lib/server/http/forms.ts';
import { may } from '#lib/people/permissions.ts';
import { monthOfBody, namesOn } from '#lib/watches/reads.server.ts';
import { bodiesToChoose } from '#lib/watches/scope.server.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const asked = event.url.searchParams.get('month');
	const month = asked && isMonth(asked) ? asked : monthOfDay(jstDay(now));
	const bodies = await bodiesToChoose(db, actor, 'shift.see');
	const of = event.url.searchParams.get('of');
	const body = of ? bodies.find((one) => one.id === of) : bodies[0];
	if (!body) error(404, sentence('error_not_found'));
	const shifts = await monthOfBody(db, actor, body.id, month, now);
	const names = may(actor, 'roster.see') ? await namesOn(db, shifts) : new Map<string, string[]>();
	const address = `${event.url.origin}/shifts`;
	const qr = QRCode.create(address, { errorCorrectionLevel: 'M' }).modules;
	return {
		month,
		body,
		address,
		qr: { size: qr.size, dark: [...qr.data.keys()].filter((n) => qr.data[n]) },
		shifts: shifts.map((one) => ({ ...one, names: names.get(one.id) ?? [], holiday: holidayName(one.onDay) }))
	};
};
