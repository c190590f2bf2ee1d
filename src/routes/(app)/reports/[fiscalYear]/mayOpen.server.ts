/** Which rows behind the figures this person may open, and which sections' cells they write. */
import { can, may, reachOf, type Actor } from '#lib/people/permissions.ts';
import type { May } from './rows.ts';

export function mayOpen(actor: Actor): May {
	const findings = reachOf(actor, 'finding.see');
	return {
		cars: may(actor, 'vehicle.edit'),
		campaigns: may(actor, 'campaign.edit'),
		bodies: may(actor, 'association.edit'),
		requests: can(actor, 'request.see', {}),
		findings: findings.all ? undefined : findings.sections,
		sections: reachOf(actor, 'cell.edit').sections
	};
}
