/** Names of the room's codes in the language of the screen. For pages only. */
import * as m from '#lib/words/messages.js';
import type { AssociationKind } from './association.ts';
import type { Held } from './permissions.ts';
import type { SignInWay } from './session.ts';

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

const accessNames = {
	account: m.people_access_account,
	device: m.people_access_device,
	code: m.people_access_code,
	none: m.people_access_none
};
/** Whether and how a member can sign in. */
export const accessName = (access: keyof typeof accessNames) => accessNames[access]();

const reasonNames: Record<string, () => string> = {
	moved: m.people_reason_moved,
	retired: m.people_reason_retired,
	died: m.people_reason_died,
	mistake: m.people_reason_mistake,
	other: m.people_reason_other,
	self: m.people_reason_self,
	associationEnded: m.people_reason_association
};
/** Why a membership ended. */
export const leaveReasonName = (reason: string) => reasonNames[reason]?.() ?? reason;

const kindNames: Record<AssociationKind, () => string> = {
	neighbourhood: m.people_kind_neighbourhood,
	pta: m.people_kind_pta,
	shops: m.people_kind_shops,
	school: m.people_kind_school,
	business: m.people_kind_business,
	crimePrevention: m.people_kind_crime,
	city: m.people_kind_city,
	other: m.people_kind_other
};
export const kindName = (kind: AssociationKind) => kindNames[kind]();

const wayNames: Record<SignInWay, () => string> = {
	password: m.people_way_password,
	code: m.people_way_code,
	demo: m.people_way_demo,
	link: m.people_way_link
};
export const wayName = (way: SignInWay) => wayNames[way]();
