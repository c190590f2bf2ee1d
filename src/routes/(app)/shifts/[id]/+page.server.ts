import * as z from 'zod/mini';
import { mapBaseOf } from '#lib/map/base.server.ts';
import { db } from '#lib/server/db/index.ts';
import { answer } from '#lib/server/http/answers.ts';
import { form, requireActor } from '#lib/server/http/forms.ts';
import { attend } from '#lib/watches/attendances.server.ts';
import { chosen } from '#lib/watches/inputs.ts';
import { shiftPage } from '#lib/watches/reads.server.ts';
import { attendanceForm } from '#lib/watches/shift.ts';
import { enterFor, join, leave, sendStandIn, takeOff } from '#lib/watches/signUps.server.ts';

const said = ['join', 'leave', 'standIn', 'enter', 'takeOff', 'attend', 'made'] as const;

export const load = async (event) => {
	const actor = requireActor(event);
	const now = new Date();
	const page = await shiftPage(db, actor, event.params.id, now).catch(answer);
	return {
		...page,
		begun: page.line.startsAt <= now,
		over: page.line.endsAt <= now,
		did: said.find((one) => one === event.url.searchParams.get('did')),
		base: page.drawn.length ? await mapBaseOf(db, actor.municipality) : undefined
	};
};

const nothing = z.object({});
const someone = z.object({ person: chosen });
const here = (event: { params: Partial<Record<string, string>> }) => event.params.id ?? '';
const back = (event: { params: Partial<Record<string, string>> }, did: (typeof said)[number]) =>
	`/shifts/${here(event)}?did=${did}`;

export const actions = {
	join: form(nothing, async (tx, actor, _, event) => {
		await join(tx, actor, here(event), new Date());
		return back(event, 'join');
	}),
	leave: form(nothing, async (tx, actor, _, event) => {
		await leave(tx, actor, here(event), new Date());
		return back(event, 'leave');
	}),
	undo: form(nothing, async (tx, actor, _, event) => {
		if (event.url.searchParams.get('of') === 'join') await leave(tx, actor, here(event), new Date(), 'undo');
		else await join(tx, actor, here(event), new Date());
		return `/shifts/${here(event)}`;
	}),
	standIn: form(someone, async (tx, actor, { person }, event) => {
		await sendStandIn(tx, actor, here(event), person, new Date());
		return back(event, 'standIn');
	}),
	enter: form(someone, async (tx, actor, { person }, event) => {
		await enterFor(tx, actor, here(event), person, new Date());
		return back(event, 'enter');
	}),
	takeOff: form(someone, async (tx, actor, { person }, event) => {
		await takeOff(tx, actor, here(event), person, new Date());
		return back(event, 'takeOff');
	}),
	attend: form(attendanceForm, async (tx, actor, results, event) => {
		await attend(tx, actor, here(event), results, new Date());
		return back(event, 'attend');
	})
};
