/** What came late, put into words, and where it is looked at by those who may. */
import { resolve } from '$app/paths';
import { shortDate } from '#lib/calendar/era.ts';
import { kindName } from '#lib/outreach/names.ts';
import { findingKindName, programmeName } from '#lib/patrols/names.ts';
import type { Arrival, Check, LateKind } from '#lib/reports/closing.ts';
import type { Late } from '#lib/reports/late.server.ts';
import * as m from '#lib/words/messages.js';
import type { Locale } from '#lib/words/runtime.js';

export type MayOpen = { pockets: boolean; cars: boolean; bodies: boolean; plans: boolean; phones: boolean };

const kinds: Record<LateKind, () => string> = {
	log: m.closing_kind_log,
	request: m.closing_kind_request,
	pocket: () => '',
	outreach: m.closing_kind_outreach,
	typed_metric: m.closing_kind_figure,
	measure_section: m.closing_kind_cell,
	measure: m.closing_kind_measure,
	vehicle: m.closing_kind_vehicle,
	campaign: m.closing_kind_campaign,
	weeklyRule: m.closing_kind_rule,
	association: m.closing_kind_body,
	section: m.closing_kind_section,
	finding: m.closing_kind_finding,
	closedDay: m.closing_kind_closed_day,
	municipality: m.closing_kind_settings
};

/** 「日誌 青パト 3月20日」: its kind, and what it is called. */
export function thingWords({ kind, what }: Late, pocketName: string, locale: Locale): string {
	const words = [
		kind === 'pocket' ? pocketName : what.outreach ? kindName(what.outreach) : kinds[kind](),
		what.programme && programmeName(what.programme),
		what.finding && findingKindName(what.finding),
		what.onDay && shortDate(what.onDay, locale),
		what.text
	];
	return words.filter(Boolean).join(' ');
}

const deeds: Record<Arrival, () => string> = {
	arrived: m.closing_deed_arrived,
	corrected: m.closing_deed_corrected,
	counted: m.closing_deed_counted,
	uncounted: m.closing_deed_uncounted,
	written: m.closing_deed_written,
	changed: m.closing_deed_changed
};
export const deedWords = (deed: Arrival): string => deeds[deed]();

/** The page of the thing, or undefined for those who may not open it. */
export function pageOf({ kind, thing }: Late, year: number, may: MayOpen): string | undefined {
	const table = resolve('/(app)/reports/[fiscalYear]', { fiscalYear: String(year) });
	const pages: Record<LateKind, string | undefined> = {
		log: resolve('/(app)/patrols/[id]', { id: thing }),
		request: resolve('/(app)/equipment/requests/[id]', { id: thing }),
		pocket: may.pockets ? resolve('/(app)/pockets/[pocket]', { pocket: thing }) : undefined,
		outreach: resolve('/(app)/outreach/records/[id]', { id: thing }),
		typed_metric: table,
		measure_section: `${table}#cell-${thing}`,
		measure: may.plans ? resolve('/(app)/settings/measures/[measure]', { measure: thing }) : table,
		vehicle: may.cars ? resolve('/vehicles') : undefined,
		campaign: may.cars ? resolve('/watches/campaigns') : undefined,
		weeklyRule: undefined,
		association: may.bodies ? resolve('/(app)/associations/[association]', { association: thing }) : undefined,
		section: undefined,
		finding: resolve('/(app)/findings/[id]', { id: thing }),
		closedDay: undefined,
		municipality: undefined
	};
	return pages[kind];
}

export const checkWords: Record<Check, { name: () => string; help: () => string }> = {
	logs: { name: m.closing_check_logs, help: m.closing_help_logs },
	handovers: { name: m.closing_check_handovers, help: m.closing_help_handovers },
	pockets: { name: m.closing_check_pockets, help: m.closing_help_pockets },
	phones: { name: m.closing_check_phones, help: m.closing_help_phones },
	figures: { name: m.closing_check_figures, help: m.closing_help_figures },
	cells: { name: m.closing_check_cells, help: m.closing_help_cells },
	planned: { name: m.closing_check_planned, help: m.closing_help_planned }
};

/** The list behind an open point. */
export function listOf(check: Check, year: number, may: MayOpen): string | undefined {
	const fiscalYear = String(year);
	const table = resolve('/(app)/reports/[fiscalYear]', { fiscalYear });
	const lists: Record<Check, string | undefined> = {
		logs: `${resolve('/patrols')}?state=waiting&year=${year}`,
		handovers: `${resolve('/equipment/requests')}?state=approved`,
		pockets: resolve('/(app)/reports/[fiscalYear]/pockets', { fiscalYear }),
		phones: may.phones ? resolve('/phones') : undefined,
		figures: table,
		cells: table,
		planned: table
	};
	return lists[check];
}
