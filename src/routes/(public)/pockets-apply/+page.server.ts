import { error, type RequestEvent } from '@sveltejs/kit';
import { jstDay } from '#lib/calendar/day.ts';
import { mapBaseOf } from '#lib/map/base.server.ts';
import { countTry } from '#lib/people/throttle.server.ts';
import { applicationForm } from '#lib/pockets/application.ts';
import { takeApplication } from '#lib/pockets/applications.server.ts';
import { pocketNameOf, schoolsOf } from '#lib/pockets/register.server.ts';
import { db, transaction } from '#lib/server/db/index.ts';
import { newId } from '#lib/server/db/ids.ts';
import { sentence } from '#lib/server/http/answers.ts';
import { openForm } from '#lib/server/http/open-form.ts';

const townOf = ({ locals }: Pick<RequestEvent, 'locals'>): string =>
	locals.municipality?.id ?? error(404, sentence('error_not_found'));

export const load = async (event) => {
	const of = townOf(event);
	return {
		id: newId(),
		schools: await schoolsOf(db, of),
		base: await mapBaseOf(db, of),
		programme: await pocketNameOf(db, of)
	};
};

export const actions = {
	default: openForm(applicationForm, async (input, event) => {
		const of = townOf(event);
		await countTry({ kind: 'application', key: event.getClientAddress() });
		const now = new Date();
		await transaction((tx) => takeApplication(tx, { municipality: of }, input, { way: 'host', on: jstDay(now) }, now));
		return '/pockets-apply/thanks';
	})
};
