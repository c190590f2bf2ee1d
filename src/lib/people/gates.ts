/**
 * Route → method or form action → the permission it asks for. The hook refuses a route that is not here, so a page nobody
 * thought about is closed. `public` needs no sign-in. Reach over the single object is asked again by the verb or the read.
 */
import type { Action } from './permissions.ts';

type Gate = Action | 'public';

export const gates: Record<string, Record<string, Gate>> = {
	'/(public)': { GET: 'public' },
	'/(public)/login': { GET: 'public', default: 'public' },
	'/(public)/login/demo': { GET: 'public', default: 'public' },
	'/(public)/login/code': { GET: 'public', default: 'public' },
	'/(public)/join': { GET: 'public', default: 'public' },
	'/(public)/join/[code]': { GET: 'public', default: 'public' },
	'/(public)/setup': { GET: 'public', default: 'public' },
	'/(public)/password/[token]': { GET: 'public', default: 'public' },
	'/(public)/pocket/[token]': { GET: 'public', answer: 'public', withdraw: 'public' },
	'/(public)/pocket/[token]/run-in': { GET: 'public', default: 'public' },
	'/(public)/logout': { GET: 'public', default: 'public' },
	'/(public)/map': { GET: 'public' },
	'/(public)/map/sheet': { GET: 'public' },
	'/(public)/look': { GET: 'public', default: 'public' },
	'/offline': { GET: 'public' },
	'/pocket-offline': { GET: 'public' },
	'/healthz': { GET: 'public' },
	'/(public)/pockets-apply': { GET: 'public', default: 'public' },
	'/(public)/pockets-apply/thanks': { GET: 'public' },
	'/(app)/home': { GET: 'home.see' },
	'/(app)/welcome': { GET: 'home.see' },
	'/(app)/devices': {
		GET: 'self.edit',
		remove: 'self.edit',
		password: 'self.edit',
		withdraw: 'self.edit',
		leave: 'self.edit'
	},
	'/(app)/devices/held': { GET: 'self.edit' },
	'/(app)/members': { GET: 'roster.see', add: 'roster.edit' },
	'/(app)/members/csv': { GET: 'phone.see' },
	'/(app)/members/handover': { GET: 'role.handOver', offer: 'role.handOver', withdraw: 'role.handOver' },
	'/(app)/members/[membership]': {
		GET: 'roster.edit',
		edit: 'roster.edit',
		end: 'roster.edit',
		invite: 'invite.make',
		revoke: 'invite.make'
	},
	'/(app)/members/[membership]/certificates/[fiscalYear]': { GET: 'certificate.issue' },
	'/(app)/certificates/[fiscalYear]': { GET: 'certificate.own' },
	'/(app)/associations': { GET: 'association.see' },
	'/(app)/associations/new': { GET: 'association.edit', default: 'association.edit' },
	'/(app)/associations/import': { GET: 'association.edit', preview: 'association.edit', confirm: 'association.edit' },
	'/(app)/associations/csv': { GET: 'association.edit' },
	'/(app)/associations/[association]': { GET: 'association.see', edit: 'association.edit', end: 'association.edit' },
	'/(app)/staff': { GET: 'staff.edit', add: 'staff.edit' },
	'/(app)/staff/[person]': {
		GET: 'staff.edit',
		give: 'staff.edit',
		extend: 'staff.edit',
		take: 'staff.edit',
		link: 'staff.edit',
		disable: 'staff.edit',
		enable: 'staff.edit'
	},
	'/(app)/settings': { GET: 'settings.edit', default: 'settings.edit' },
	'/(app)/settings/sections': {
		GET: 'settings.edit',
		add: 'settings.edit',
		name: 'settings.edit',
		dropName: 'settings.edit'
	},
	'/(app)/settings/jobs': { GET: 'settings.edit' },
	'/(app)/settings/measures': {
		GET: 'measure.edit',
		adopt: 'measure.edit',
		make: 'measure.edit',
		first: 'measure.edit'
	},
	'/(app)/settings/measures/plans/[plan]': {
		GET: 'measure.edit',
		add: 'measure.edit',
		rename: 'measure.edit',
		remove: 'measure.edit'
	},
	'/(app)/settings/measures/[measure]': {
		GET: 'measure.edit',
		change: 'measure.edit',
		remove: 'measure.edit',
		addSection: 'measure.edit',
		years: 'measure.edit',
		removeSection: 'measure.edit',
		moveSection: 'measure.edit',
		moveLine: 'measure.edit'
	},
	'/(app)/settings/measures/cells/[cell]': { GET: 'measure.edit', check: 'measure.edit', add: 'measure.edit' },
	'/(app)/settings/measures/lines/[line]': {
		GET: 'measure.edit',
		check: 'measure.edit',
		change: 'measure.edit',
		remove: 'measure.edit'
	},
	'/(app)/settings/measures/figures': { GET: 'measure.edit', default: 'measure.edit' },
	'/(app)/settings/measures/figures/[figure]': {
		GET: 'measure.edit',
		change: 'measure.edit',
		remove: 'measure.edit'
	},
	'/(app)/settings/schools': { GET: 'settings.edit', default: 'settings.edit' },
	'/(app)/offers/[offer]': { GET: 'self.edit', accept: 'self.edit', decline: 'self.edit' },
	'/api/v1/sync/ping': { GET: 'public' },
	'/api/v1/sync/pull': { GET: 'sync.send' },
	'/api/v1/sync/push': { POST: 'sync.send' },
	'/api/v1/sync/blob/[sha256]': { PUT: 'sync.send' },
	'/api/v1/sync/rescue': { POST: 'sync.send' },
	'/(app)/rescue': { GET: 'sync.handIn', default: 'sync.handIn' },
	'/(app)/phones': {
		GET: 'sync.seeDevices',
		stop: 'sync.seeDevices',
		letIn: 'sync.seeDevices',
		lost: 'sync.seeDevices'
	},
	// The shells of the phone on patrol: prerendered, the same for everybody, empty without the pack, which asks who is there.
	'/(field)/patrol': { GET: 'public' },
	'/(field)/patrol/handover': { GET: 'public' },
	'/(field)/patrol/visits': { GET: 'public' },
	'/(field)/patrol/manual': { GET: 'public' },
	'/(field)/patrol/record': { GET: 'public' },
	'/(field)/patrol/run-in': { GET: 'public' },
	'/(field)/patrol/sent': { GET: 'public' },
	'/(app)/shifts': { GET: 'shift.join', join: 'shift.join', leave: 'shift.join', undo: 'shift.join' },
	'/(app)/shifts/[id]': {
		GET: 'shift.see',
		join: 'shift.join',
		leave: 'shift.join',
		undo: 'shift.join',
		standIn: 'shift.join',
		enter: 'shift.edit',
		takeOff: 'shift.edit',
		attend: 'shift.edit'
	},
	'/(app)/shifts/[id]/cancel': { GET: 'shift.edit', default: 'shift.edit' },
	'/(app)/watches': { GET: 'shift.see' },
	'/(app)/watches/sheet': { GET: 'shift.see' },
	'/(app)/watches/gaps': { GET: 'gap.see' },
	'/(app)/watches/new': { GET: 'shift.edit', default: 'shift.edit' },
	'/(app)/watches/rules': { GET: 'shift.edit' },
	'/(app)/watches/rules/new': { GET: 'shift.edit', default: 'shift.edit' },
	'/(app)/watches/rules/[id]': { GET: 'shift.edit', change: 'shift.edit', end: 'shift.edit' },
	'/(app)/watches/places': { GET: 'shift.edit' },
	'/(app)/watches/places/new': { GET: 'shift.edit', default: 'shift.edit' },
	'/(app)/watches/places/[id]': { GET: 'shift.edit', change: 'shift.edit', end: 'shift.edit' },
	'/(app)/watches/campaigns': { GET: 'campaign.edit', default: 'campaign.edit' },
	'/(app)/watches/campaigns/[id]': {
		GET: 'campaign.edit',
		change: 'campaign.edit',
		end: 'campaign.edit',
		resume: 'campaign.edit'
	},
	'/(app)/watches/closed-days': { GET: 'closedDay.edit', close: 'closedDay.edit', reopen: 'closedDay.edit' },
	'/(app)/notices': { GET: 'home.see', read: 'home.see' },
	'/(app)/notices/receiving': {
		GET: 'self.edit',
		address: 'self.edit',
		confirm: 'self.edit',
		forget: 'self.edit',
		trial: 'self.edit',
		addPush: 'self.edit',
		removePush: 'self.edit',
		renewPush: 'self.edit'
	},
	'/(app)/calendar': { GET: 'shift.join', make: 'shift.join', revoke: 'shift.join' },
	'/api/v1/calendar/[token].ics': { GET: 'public' },
	'/api/v1/pockets.geojson': { GET: 'public' },
	'/api/v1/pockets.csv': { GET: 'public' },
	'/api/v1/reports/[fiscalYear]': { GET: 'measure.see' },
	// patrols
	'/(app)/patrols': { GET: 'patrol.see', confirm: 'patrol.confirm' },
	'/(app)/patrols/new': { GET: 'patrol.enterForOthers', default: 'patrol.enterForOthers' },
	'/(app)/patrols/[id]': {
		GET: 'patrol.see',
		confirm: 'patrol.confirm',
		sendBack: 'patrol.confirm',
		withdraw: 'patrol.see',
		merge: 'patrol.confirm',
		undoMerge: 'patrol.confirm',
		apart: 'patrol.confirm'
	},
	'/(app)/patrols/[id]/correction': { GET: 'patrol.see', default: 'patrol.see' },
	'/(app)/patrols/[id]/sheet': { GET: 'patrol.see' },
	'/(app)/vehicles': {
		GET: 'vehicle.edit',
		add: 'vehicle.edit',
		retire: 'vehicle.edit',
		reinstate: 'vehicle.edit'
	},
	'/(app)/findings': { GET: 'finding.see' },
	'/(app)/findings/[id]': { GET: 'finding.see', answer: 'finding.answer' },
	'/(app)/findings/photos/[sha256]': { GET: 'finding.see' },
	// equipment
	'/(app)/equipment/stock': { GET: 'stock.see' },
	'/(app)/equipment/stock/csv': { GET: 'stock.see' },
	'/(app)/equipment/import': { GET: 'stock.edit', preview: 'stock.edit', confirm: 'stock.edit' },
	'/(app)/equipment/ledger': { GET: 'stock.see' },
	'/(app)/equipment/ledger/csv': { GET: 'stock.see' },
	'/(app)/equipment/items/new': { GET: 'stock.edit', default: 'stock.edit' },
	'/(app)/equipment/items/[id]': {
		GET: 'stock.see',
		move: 'stock.edit',
		reverse: 'stock.edit',
		change: 'stock.edit',
		close: 'stock.edit',
		reopen: 'stock.edit'
	},
	'/(app)/equipment/requests': { GET: 'request.see' },
	'/(app)/equipment/requests/csv': { GET: 'request.see' },
	'/(app)/equipment/policy': { GET: 'policy.edit', default: 'policy.edit' },
	'/(app)/equipment/requests/decide': {
		GET: 'request.settle',
		prepare: 'request.prepare',
		decide: 'request.settle'
	},
	'/(app)/equipment/requests/[id]/decision': {
		GET: 'request.settle',
		prepare: 'request.prepare',
		decide: 'request.settle'
	},
	'/(app)/equipment/requests/[id]/handover': {
		GET: 'request.handOver',
		hand: 'request.handOver',
		undo: 'request.handOver',
		takeBack: 'request.handOver',
		reconcile: 'request.handOver',
		close: 'request.handOver'
	},
	'/(app)/equipment/loans': { GET: 'request.handOver' },
	'/(app)/equipment/picking': {
		GET: 'request.handOver',
		reserve: 'request.handOver',
		reconcile: 'request.handOver'
	},
	'/(app)/equipment/requests/[id]/papers/[paper]': { GET: 'request.see' },
	'/(app)/equipment/requests/[id]': {
		GET: 'request.see',
		withdraw: 'request.make',
		removeFile: 'request.make',
		sendBack: 'request.prepare'
	},
	'/(app)/equipment/requests/new': { GET: 'request.make', default: 'request.make' },
	'/(app)/equipment/requests/[id]/edit': { GET: 'request.make', default: 'request.make' },
	'/(app)/equipment/requests/[id]/files/[file]': { GET: 'request.see' },
	'/(app)/equipment/usage/[fiscalYear]': { GET: 'usage.see', report: 'usage.report' },
	'/(app)/equipment/ledger/sheet': { GET: 'stock.see' },
	'/(app)/equipment/stocktakes/new': { GET: 'stock.edit', default: 'stock.edit' },
	'/(app)/equipment/stocktakes/[id]': { GET: 'stock.see' },
	// pockets
	'/(app)/pockets': { GET: 'pocket.see' },
	'/(app)/pockets/csv': { GET: 'pocket.see' },
	'/(app)/pockets/csv/file': { POST: 'pocket.see' },
	'/(app)/pockets/apply': { GET: 'pocket.apply', default: 'pocket.apply' },
	'/(app)/pockets/import': {
		GET: 'pocket.edit',
		upload: 'pocket.edit',
		map: 'pocket.edit',
		apply: 'pocket.edit',
		undo: 'pocket.edit'
	},
	'/(app)/pockets/places': { GET: 'pocket.edit', default: 'pocket.edit' },
	'/(app)/pockets/new': { GET: 'pocket.edit', default: 'pocket.edit' },
	'/(app)/pockets/[pocket]': {
		GET: 'pocket.see',
		explain: 'pocket.edit',
		register: 'pocket.edit',
		decline: 'pocket.edit',
		pause: 'pocket.edit',
		resume: 'pocket.edit',
		end: 'pocket.edit',
		plate: 'pocket.edit',
		plateBack: 'pocket.edit',
		consents: 'pocket.edit',
		note: 'pocket.edit'
	},
	'/(app)/pockets/rounds': { GET: 'pocket.see', open: 'pocket.edit' },
	'/(app)/pockets/rounds/[fiscalYear]/[school]': {
		GET: 'pocket.see',
		answer: 'pocket.edit',
		settle: 'pocket.edit',
		close: 'pocket.edit'
	},
	'/(app)/pockets/rounds/[fiscalYear]/[school]/postcards': { GET: 'pocket.edit', make: 'pocket.edit' },
	'/(app)/pockets/rounds/[fiscalYear]/[school]/list': { GET: 'pocket.see' },
	'/(app)/pockets/visits': { GET: 'pocket.ask', answer: 'pocket.ask' },
	'/(app)/pockets/[pocket]/edit': { GET: 'pocket.edit', default: 'pocket.edit' },
	'/(app)/pockets/map': { GET: 'pocket.map' },
	'/(app)/pockets/map/sheet': { GET: 'pocket.map' },
	// A child ran in: the guidance office alone.
	'/(app)/pockets/run-ins': { GET: 'runIn.see' },
	'/(app)/pockets/run-ins/new': { GET: 'runIn.see', default: 'runIn.see' },
	'/(app)/pockets/run-ins/[id]': {
		GET: 'runIn.see',
		call: 'runIn.see',
		earlier: 'runIn.see',
		hand: 'runIn.see',
		close: 'runIn.see'
	},
	// outreach
	'/(app)/outreach': { GET: 'outreach.see' },
	'/(app)/outreach/[kind]': { GET: 'outreach.see', add: 'outreach.edit' },
	'/(app)/outreach/[kind]/csv': { GET: 'outreach.see' },
	'/(app)/outreach/import': { GET: 'outreach.edit', preview: 'outreach.edit', confirm: 'outreach.edit' },
	'/(app)/outreach/records/[id]': { GET: 'outreach.see', correct: 'outreach.edit', cancel: 'outreach.edit' },
	// reports
	'/(app)/reports': { GET: 'figures.see' },
	'/(app)/reports/[fiscalYear]': { GET: 'figures.see', looked: 'measure.see' },
	'/(app)/reports/[fiscalYear]/cells/[cell]': { GET: 'cell.edit', default: 'cell.edit' },
	'/(app)/reports/[fiscalYear]/figures': { GET: 'cell.edit', default: 'cell.edit' },
	'/(app)/reports/[fiscalYear]/bodies/[association]': { GET: 'bodySheet.see' },
	'/(app)/reports/[fiscalYear]/charts': { GET: 'measure.see' },
	'/(app)/reports/[fiscalYear]/evaluation': { GET: 'measure.see', save: 'cell.edit', draft: 'cell.edit' },
	'/(app)/reports/[fiscalYear]/closing': { GET: 'year.see', close: 'year.close', recount: 'year.recount' },
	'/(app)/reports/[fiscalYear]/measures.csv': { GET: 'measure.see' },
	'/(app)/reports/[fiscalYear]/activities': { GET: 'figures.see' },
	'/(app)/reports/[fiscalYear]/patrols': { GET: 'figures.see' },
	'/(app)/reports/[fiscalYear]/patrols/csv': { GET: 'figures.see' },
	'/(app)/reports/[fiscalYear]/school-runs': { GET: 'measure.see' },
	'/(app)/reports/[fiscalYear]/csv': { GET: 'figures.see' },
	'/(app)/reports/[fiscalYear]/equipment': { GET: 'figures.see' },
	'/(app)/reports/[fiscalYear]/equipment/csv': { GET: 'figures.see' },
	'/(app)/reports/[fiscalYear]/pockets': { GET: 'pocket.count' },
	'/(app)/reports/[fiscalYear]/pockets/csv': { GET: 'pocket.count' },
	'/(app)/reports/[fiscalYear]/pockets/rows': { GET: 'pocket.see' }
};
