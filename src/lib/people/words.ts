/** Names of the room's codes in the language of the screen. For pages only. */
import * as m from '#lib/words/messages.js';
import type { Held } from './permissions.ts';

const roleNames: Record<Held, () => string> = {
	volunteer: m.people_role_volunteer,
	leader: m.people_role_leader,
	pastLeader: m.people_role_past_leader,
	school: m.people_role_school,
	safety: m.people_role_safety,
	guidance: m.people_role_guidance,
	officer: m.people_role_officer,
	approver: m.people_role_approver,
	admin: m.people_role_admin
};
export const roleName = (role: Held) => roleNames[role]();
