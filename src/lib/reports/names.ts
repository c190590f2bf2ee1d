/** The words for the codes of this room. */
import * as m from '#lib/words/messages.js';
import type { Grade, PlanKind, TypedBasis } from './measure.ts';
import { isMetric, metrics, type Basis, type Metric } from './metric.ts';

const basisNames: Record<TypedBasis | Basis, () => string> = {
	atStart: m.measures_basis_at_start,
	atEnd: m.measures_basis_at_end,
	times: m.measures_basis_times,
	gross: m.measures_basis_gross,
	distinct: m.measures_basis_distinct,
	sum: m.measures_basis_sum,
	cumulative: m.measures_basis_cumulative,
	added: m.measures_basis_added,
	listed: m.measures_basis_listed
};
export const basisName = (basis: TypedBasis | Basis): string => basisNames[basis]();

/** Each computed figure: what it is called, and the unit it is counted in; a list of words has none. */
type Word = (inputs?: object, options?: { locale?: 'ja' | 'en' }) => string;
const metricNames: Record<Metric, { name: Word; unit: Word }> = {
	cars: { name: m.metric_cars, unit: m.metric_unit_cars },
	cityRuns: { name: m.metric_city_runs, unit: m.metric_unit_times },
	cityKilometres: { name: m.metric_city_kilometres, unit: m.metric_unit_kilometres },
	jointPartners: { name: m.metric_joint_partners, unit: () => '' },
	equipmentBodies: { name: m.metric_equipment_bodies, unit: m.metric_unit_bodies },
	equipmentPieces: { name: m.metric_equipment_pieces, unit: m.metric_unit_pieces },
	memoranda: { name: m.metric_memoranda, unit: m.metric_unit_firms },
	businesses: { name: m.metric_businesses, unit: m.metric_unit_firms },
	greetingSeasons: { name: m.metric_greeting_seasons, unit: () => '' },
	schoolRunDays: { name: m.metric_school_run_days, unit: m.metric_unit_days_a_week },
	pockets: { name: m.metric_pockets, unit: m.metric_unit_homes },
	announcedRuns: { name: m.metric_announced_runs, unit: m.metric_unit_times },
	materialPlaces: { name: m.metric_material_places, unit: () => '' },
	materialKinds: { name: m.metric_material_kinds, unit: () => '' },
	badges: { name: m.metric_badges, unit: m.metric_unit_pieces },
	alertsSent: { name: m.metric_alerts_sent, unit: m.metric_unit_mails },
	lectureAttendance: { name: m.metric_lecture_attendance, unit: m.metric_unit_people },
	councilMeetings: { name: m.metric_council_meetings, unit: m.metric_unit_times },
	councilMonths: { name: m.metric_council_months, unit: () => '' },
	jointRuns: { name: m.metric_joint_runs, unit: m.metric_unit_times },
	volunteerRuns: { name: m.metric_volunteer_runs, unit: m.metric_unit_times },
	volunteerPersonTimes: { name: m.metric_volunteer_person_times, unit: m.metric_unit_people },
	volunteerPeople: { name: m.metric_volunteer_people, unit: m.metric_unit_people },
	volunteerKilometres: { name: m.metric_volunteer_kilometres, unit: m.metric_unit_kilometres },
	schoolWatchRuns: { name: m.metric_school_watch_runs, unit: m.metric_unit_times },
	schoolWatchPersonTimes: { name: m.metric_school_watch_person_times, unit: m.metric_unit_people },
	equipmentLentBodies: { name: m.metric_equipment_lent_bodies, unit: m.metric_unit_bodies },
	equipmentLentPieces: { name: m.metric_equipment_lent_pieces, unit: m.metric_unit_pieces },
	requestsReceived: { name: m.metric_requests_received, unit: m.metric_unit_cases },
	requestsDecided: { name: m.metric_requests_decided, unit: m.metric_unit_cases },
	requestsDeclined: { name: m.metric_requests_declined, unit: m.metric_unit_cases },
	greetingDays: { name: m.metric_greeting_days, unit: m.metric_unit_days },
	greetingPersonTimes: { name: m.metric_greeting_person_times, unit: m.metric_unit_people },
	schoolRunsPlanned: { name: m.metric_school_runs_planned, unit: m.metric_unit_times },
	schoolRunsDone: { name: m.metric_school_runs_done, unit: m.metric_unit_times },
	pocketsStart: { name: m.metric_pockets_start, unit: m.metric_unit_homes },
	pocketsAdded: { name: m.metric_pockets_added, unit: m.metric_unit_homes },
	pocketsEnded: { name: m.metric_pockets_ended, unit: m.metric_unit_homes },
	pocketsEndedMoved: { name: m.metric_pockets_ended_moved, unit: m.metric_unit_homes },
	pocketsEndedWithdrew: { name: m.metric_pockets_ended_withdrew, unit: m.metric_unit_homes },
	pocketsEndedClosed: { name: m.metric_pockets_ended_closed, unit: m.metric_unit_homes },
	pocketsEndedUnreachable: { name: m.metric_pockets_ended_unreachable, unit: m.metric_unit_homes },
	pocketsEndedDistrictClosed: { name: m.metric_pockets_ended_district_closed, unit: m.metric_unit_homes },
	pocketsEndedMistake: { name: m.metric_pockets_ended_mistake, unit: m.metric_unit_homes },
	pocketsEndedOther: { name: m.metric_pockets_ended_other, unit: m.metric_unit_homes },
	alertsSuspicious: { name: m.metric_alerts_suspicious, unit: m.metric_unit_mails },
	alertsFraud: { name: m.metric_alerts_fraud, unit: m.metric_unit_mails },
	alertsTheft: { name: m.metric_alerts_theft, unit: m.metric_unit_mails },
	alertsOther: { name: m.metric_alerts_other, unit: m.metric_unit_mails },
	lectures: { name: m.metric_lectures, unit: m.metric_unit_times },
	eventsCancelled: { name: m.metric_events_cancelled, unit: m.metric_unit_cases },
	findingsOwn: { name: m.metric_findings_own, unit: m.metric_unit_cases },
	findingsSettledOwn: { name: m.metric_findings_settled_own, unit: m.metric_unit_cases }
};

export type FigureWords = { name: string; unit: string; basis: string };
/** What a figure is called, computed or typed; a key of neither stands for itself. `locale`: of a printed sentence, whatever the screen speaks. */
export const figureWords =
	(
		typed: readonly { key: string; name: string; unit: string; basis: TypedBasis }[],
		options?: { locale: 'ja' | 'en' }
	) =>
	(metric: string): FigureWords => {
		if (isMetric(metric)) {
			const { name, unit } = metricNames[metric];
			return { name: name({}, options), unit: unit({}, options), basis: basisName(metrics[metric].basis) };
		}
		const own = typed.find((one) => one.key === metric);
		return { name: own?.name ?? metric, unit: own?.unit ?? '', basis: own ? basisName(own.basis) : '' };
	};

const planKindNames: Record<PlanKind, () => string> = {
	table: m.plans_kind_table,
	evaluation: m.plans_kind_evaluation
};
export const planKindName = (kind: PlanKind): string => planKindNames[kind]();
/** 施策16 of the guideline, 事業6 of a plan that grades its projects. */
export const measureNumber = (kind: PlanKind, number: number): string =>
	m.plans_measure_number({ kind: kind === 'table' ? m.plans_kind_measure() : m.plans_kind_project(), number });

const gradeNames: Record<Grade, () => string> = {
	A: m.evaluation_grade_a,
	B: m.evaluation_grade_b,
	C: m.evaluation_grade_c,
	D: m.evaluation_grade_d
};
/** What a grade means: ほぼ達成 … 未実施. */
export const gradeName = (grade: Grade): string => gradeNames[grade]();
