/** What people are told about requests. */
import {
	code,
	dayOrNone,
	id,
	index,
	instant,
	instantOrNone,
	ref,
	refOrNone,
	table,
	uniqueIndex
} from '#lib/server/db/columns.ts';
import { ofMunicipality, person } from '#lib/people/tables.server.ts';
import { handover } from './handoverTables.server.ts';
import { noticeKinds } from './notice.ts';
import { request } from './requestTables.server.ts';

/** お知らせ to one person about a request. It carries no words: what it says is its kind and the number of the request. */
export const equipmentNotice = table(
	'equipment_notice',
	{
		id: id(),
		municipality: ofMunicipality(),
		/** Who is told. */
		person: ref(() => person.id),
		kind: code(noticeKinds),
		request: ref(() => request.id),
		/** The loan that is called for, and the day it is called for. */
		handover: refOrNone(() => handover.id),
		dueOn: dayOrNone(),
		at: instant(),
		readAt: instantOrNone()
	},
	(t) => [
		index('equipment_notice_by_person').on(t.person, t.at),
		index('equipment_notice_by_request').on(t.request, t.kind),
		// A loan is called for once, however often the job runs.
		uniqueIndex('equipment_notice_of_loan_once').on(t.person, t.handover, t.kind, t.dueOn)
	]
);
