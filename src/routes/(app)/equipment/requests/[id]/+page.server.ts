import * as z from 'zod/mini';
import { removeAttachment } from '#lib/equipment/attachments.server.ts';
import { canMove, isOpen, reasonForm } from '#lib/equipment/request.ts';
import { papersOf } from '#lib/equipment/papers.ts';
import { asBodySees, requestPage } from '#lib/equipment/requestReads.server.ts';
import { sendBack, withdraw } from '#lib/equipment/requests.server.ts';
import { can, may } from '#lib/people/permissions.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';

export const load = async (event) => {
	const actor = requireActor(event);
	const request = await requestPage(db, actor, event.params.id).catch(answer);
	const { state } = request;
	const mine = can(actor, 'request.make', { association: request.association });
	const staff = may(actor, 'request.prepare');
	const office = staff || may(actor, 'request.decide');
	return {
		request: office ? request : asBodySees(request),
		papers: papersOf(request),
		/** Who proposes and decides sees the proposal; the body sees what was decided. */
		staff: office,
		may: {
			edit: mine && isOpen(state),
			withdraw: mine && canMove('withdraw', state),
			sendBack: staff && canMove('sendBack', state),
			prepare: staff && canMove('prepare', state),
			decide: may(actor, 'request.settle') && canMove('approve', state),
			handOver: may(actor, 'request.handOver') && state === 'approved',
			aftermath: may(actor, 'request.handOver') && request.handovers.length > 0
		}
	};
};

const here = (event: { params: Partial<Record<string, string>> }) => event.params.id ?? '';

export const actions = {
	withdraw: form(z.object({}), async (tx, actor, _, event) => {
		await withdraw(tx, actor, here(event), new Date());
		return `/equipment/requests/${here(event)}`;
	}),
	removeFile: form(z.object({ file: z.string('error_input') }), async (tx, actor, { file }, event) => {
		await removeAttachment(tx, actor, here(event), file);
		return `/equipment/requests/${here(event)}`;
	}),
	sendBack: form(reasonForm, async (tx, actor, { reason }, event) => {
		await sendBack(tx, actor, here(event), reason, new Date());
		return `/equipment/requests/${here(event)}`;
	})
};
