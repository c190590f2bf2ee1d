/** What waits, as a sentence. Said by the server: of twenty sentences a volunteer's phone would carry, it shows one or none. */
import * as m from '#lib/words/messages.js';
import type { Waiting } from './waiting.server.ts';

const words: Record<Waiting['key'], (phones: number) => string> = {
	offers: () => m.home_waiting_offers(),
	notices: () => m.home_waiting_notices(),
	logs: () => m.home_waiting_logs(),
	phones: (phones) => m.home_waiting_phones({ phones }),
	findings: () => m.home_waiting_findings(),
	lacking: () => m.home_waiting_lacking(),
	stock: () => m.home_waiting_stock(),
	runIns: () => m.runin_waiting(),
	visits: () => m.visits_home_left(),
	rounds: () => m.visits_home_open(),
	asides: () => m.visits_asides(),
	prepareRounds: () => m.visits_home_prepare(),
	closeYear: () => m.closing_home_close(),
	late: () => m.closing_home_late(),
	openRounds: () => m.visits_home_unopened(),
	sentBack: () => m.home_waiting_sent_back(),
	usage: () => m.home_waiting_usage(),
	requests: () => m.home_waiting_requests(),
	decisions: () => m.home_waiting_decisions(),
	handovers: () => m.home_waiting_handovers(),
	unclear: () => m.home_waiting_unclear(),
	applied: () => m.home_waiting_applied(),
	explained: () => m.home_waiting_explained()
};

export const waitingWords = ({ key, phones }: Waiting): string => words[key](phones ?? 0);
