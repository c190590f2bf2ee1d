/** What was noticed on the way (気づき・危険箇所), and what the section it was routed to answered. */
import {
	code,
	count,
	day,
	degreesOrNone,
	id,
	index,
	instant,
	primaryKey,
	ref,
	refOrNone,
	table,
	text,
	textOrNone
} from '#lib/server/db/columns.ts';
import { association, ofMunicipality, person, section } from '#lib/people/tables.server.ts';
import { findingSteps } from './finding.ts';
import { findingKinds } from './log.ts';
import { log } from './logTables.server.ts';

/** Which section looks after which kind of finding; kinds without a row go to the safety section. */
export const findingDesk = table(
	'finding_desk',
	{ municipality: ofMunicipality(), kind: code(findingKinds), section: ref(() => section.id) },
	(t) => [primaryKey({ columns: [t.municipality, t.kind] })]
);

/** One thing noticed. Its id is made where it was noticed, so an amended log names the same finding. */
export const finding = table(
	'finding',
	{
		id: id(),
		municipality: ofMunicipality(),
		/** The log it came with; null when it was reported by itself. */
		log: refOrNone(() => log.id),
		association: refOrNone(() => association.id),
		/** The desk it was routed to when it arrived; answers may pass it on. */
		section: ref(() => section.id),
		by: ref(() => person.id),
		kind: code(findingKinds),
		/** Number on the plate of the lamp post. */
		lamp: textOrNone(),
		place: text(),
		lat: degreesOrNone(),
		lng: degreesOrNone(),
		note: text(),
		onDay: day(),
		at: instant()
	},
	(t) => [
		index('finding_by_time').on(t.municipality, t.at, t.id),
		index('finding_by_section').on(t.section, t.at),
		index('finding_by_association').on(t.association, t.at),
		index('finding_by_log').on(t.log),
		index('finding_by_day').on(t.municipality, t.onDay)
	]
);

/** Photos by the hash of their bytes; the bytes travel by themselves and may still be on their way. */
export const findingPhoto = table(
	'finding_photo',
	{ finding: ref(() => finding.id), sha256: text(), municipality: ofMunicipality() },
	(t) => [primaryKey({ columns: [t.finding, t.sha256] }), index('finding_photo_by_hash').on(t.sha256)]
);

/** One step of the answer: passed on, being worked on, done, or not possible with the reason. The highest number is where it stands. */
export const findingAnswer = table(
	'finding_answer',
	{
		finding: ref(() => finding.id),
		/** 1, 2, 3 …: two clerks answering at once collide here. */
		number: count(),
		municipality: ofMunicipality(),
		step: code(findingSteps),
		/** Who has it after this step. */
		section: ref(() => section.id),
		words: text(),
		by: ref(() => person.id),
		at: instant()
	},
	(t) => [primaryKey({ columns: [t.finding, t.number] }), index('finding_answer_by_section').on(t.section)]
);
